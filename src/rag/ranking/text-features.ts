import type { EncodedQuestion, QuestionTerm } from '../encoder/question-encoder.ts'

/** Two term numbers as one key; vocabularies stay far below 2^26. */
const PAIR_BASE = 2 ** 26
/** A title counts as named in full only when it has more to say than one fairly rare word (in units of inverse frequency). */
const ONE_WORD = 6
/** Words of a passage that are about one sentence without its function words. */
const WINDOW = 14

/** What a passage's words show of a question, each 0–1. */
export type TextFeatures = {
  /** Share of the question's weight that stands in the passage. */
  coverage: number
  /** The same, in the best stretch of about a sentence. */
  together: number
  /** Share of the title's, headings' and FAQ question's weight that stands in the question. */
  named: number
  /** Share of the question's neighbouring words that are neighbours in the passage. */
  phrase: number
  /** How much of what is asked reached the passage through a corrected spelling only. */
  ngram: number
}

/** Remainders by which most terms that nobody asked for are told at once. */
const REMAINDERS = 1024

/** What is looked for, prepared once a question. */
export type Wanted = {
  terms: Map<number, QuestionTerm>
  /** By a term's remainder: whether it may be one of `terms`. */
  likely: Uint8Array
  worth: number[]
  total: number
  pairs: Map<number, number>
  pairTotal: number
  inverseFrequency(term: number): number
}

export function wantedTerms({ terms, worth, sequence, inverseFrequency }: EncodedQuestion): Wanted {
  const wanted = new Map(terms.map((term) => [term.term, term]))
  const pairs = new Map<number, number>()
  for (const [index, one] of sequence.entries()) {
    if (one < 0) continue
    const two = sequence[index + 1] ?? -1
    if (two < 0 || one === two) continue
    pairs.set(one * PAIR_BASE + two, (wanted.get(one)?.weight ?? 0) + (wanted.get(two)?.weight ?? 0))
  }
  const likely = new Uint8Array(REMAINDERS)
  for (const { term } of terms) likely[term % REMAINDERS] = 1
  return {
    terms: wanted,
    likely,
    worth,
    // Unknown words count too: a passage cannot cover a question half of which nobody here ever wrote.
    total: sum(worth),
    pairs,
    pairTotal: sum([...pairs.values()]),
    inverseFrequency,
  }
}

/** One walk over the passage's terms (see EncodedPassage). */
export function textFeatures(
  { sequence, head }: { sequence: Uint32Array; head: number },
  wanted: Wanted,
): TextFeatures {
  const { likely } = wanted
  const places = wanted.worth.length
  const covered = new Float32Array(places)
  const mended = new Float32Array(places)
  const pairsFound = new Set<number>()
  const headTerms = new Set<number>()
  const found: { index: number; place: number; share: number }[] = []
  let headWeight = 0
  let headNamed = 0
  for (let index = 0; index < sequence.length; index += 1) {
    const term = sequence[index] as number
    const asked = likely[term % REMAINDERS] === 1 ? wanted.terms.get(term) : undefined
    if (index < head && !headTerms.has(term)) {
      headTerms.add(term)
      const weight = wanted.inverseFrequency(term)
      headWeight += weight
      if (asked) headNamed += weight * asked.share
    }
    if (!asked) continue
    const { place, share } = asked
    if (place >= 0) {
      if (share > (covered[place] as number)) {
        covered[place] = share
        mended[place] = asked.corrected ? share : 0
      }
      if (index >= head) found.push({ index, place, share })
    }
    const next = sequence[index + 1]
    if (next !== undefined && wanted.pairs.has(term * PAIR_BASE + next)) pairsFound.add(term * PAIR_BASE + next)
  }
  const { worth, total } = wanted
  const part = (value: number, of: number) => (of > 0 ? Math.min(1, value / of) : 0)
  const share = (of: Float32Array) =>
    part(
      worth.reduce((all, weight, place) => all + weight * (of[place] as number), 0),
      total,
    )
  return {
    coverage: share(covered),
    together: part(bestStretch(found, worth), total),
    named: headNamed / (headWeight + ONE_WORD),
    phrase: part(sum([...pairsFound].map((key) => wanted.pairs.get(key) ?? 0)), wanted.pairTotal),
    ngram: share(mended),
  }
}

/** The most worth of distinct question words within WINDOW words of text. */
function bestStretch(found: { index: number; place: number; share: number }[], worth: number[]): number {
  const counts = new Uint16Array(worth.length)
  let inside = 0
  let best = 0
  let from = 0
  for (const { index, place, share } of found) {
    while ((found[from]?.index ?? index) <= index - WINDOW) {
      const gone = found[from] as { place: number; share: number }
      counts[gone.place] = (counts[gone.place] as number) - 1
      if (counts[gone.place] === 0) inside -= (worth[gone.place] as number) * gone.share
      from += 1
    }
    if (counts[place] === 0) inside += (worth[place] as number) * share
    counts[place] = (counts[place] as number) + 1
    if (inside > best) best = inside
  }
  return best
}

const sum = (values: number[]) => values.reduce((all, value) => all + value, 0)
