import type { EncodedQuestion, QuestionTerm } from '../encoder/question-encoder.ts'
import type { IndexHit, IndexHits } from '../index/search-index.port.ts'
import type { PassageScores } from '../retrieval.port.ts'

/** Two term numbers as one key; vocabularies stay far below 2^26. */
const PAIR_BASE = 2 ** 26
/** A title counts as named in full only when it has more to say than one fairly rare word (in units of inverse frequency). */
const ONE_WORD = 6

/** What a hit shows of the question, each 0–1 (`cosine` apart); what fusing weighs. */
export type HitFeatures = Omit<PassageScores, 'fused'> & {
  /** Cosine above the mean's, over the best one's above it; null without a vector. */
  dense: number | null
  /** Share of the question's weight that stands in the passage. */
  coverage: number
  /** Share of the title's, headings' and FAQ question's weight that stands in the question. */
  named: number
}

/** The features of every hit, in the hits' order. */
export function hitFeatures(question: EncodedQuestion, { hits, meanCosine }: IndexHits): HitFeatures[] {
  const bestSparse = hits.reduce((best, { sparse }) => Math.max(best, sparse), 0)
  const bestCosine = hits.reduce((best, { cosine }) => Math.max(best, cosine ?? -1), -1)
  const longestKey = hits.reduce((longest, { keys }) => Math.max(longest, ...keys.map((key) => key.length)), 0)
  const wanted = wantedTerms(question)
  return hits.map((hit) => ({
    sparse: bestSparse > 0 ? hit.sparse / bestSparse : 0,
    dense: hit.cosine === null ? null : clamp((hit.cosine - meanCosine) / Math.max(bestCosine - meanCosine, 1e-6)),
    cosine: hit.cosine,
    // The longest name meant wins: "Light Blue Account" is not also a question about "Blue Account".
    exact: hit.keys.some((key) => key.startsWith('sku:') || key.length === longestKey) ? 1 : 0,
    ...textFeatures(hit, wanted),
  }))
}

type Wanted = {
  terms: Map<number, QuestionTerm>
  worth: number[]
  total: number
  pairs: Map<number, number>
  pairTotal: number
  inverseFrequency(term: number): number
}

function wantedTerms({ terms, worth, sequence, inverseFrequency }: EncodedQuestion): Wanted {
  const wanted = new Map(terms.map((term) => [term.term, term]))
  const pairs = new Map<number, number>()
  for (let index = 0; index + 1 < sequence.length; index += 1) {
    const [one, two] = [sequence[index] ?? -1, sequence[index + 1] ?? -1]
    if (one < 0 || two < 0 || one === two) continue
    pairs.set(one * PAIR_BASE + two, (wanted.get(one)?.weight ?? 0) + (wanted.get(two)?.weight ?? 0))
  }
  return {
    terms: wanted,
    worth,
    // Unknown words count too: a passage cannot cover a question half of which nobody here ever wrote.
    total: worth.reduce((sum, weight) => sum + weight, 0),
    pairs,
    pairTotal: [...pairs.values()].reduce((sum, weight) => sum + weight, 0),
    inverseFrequency,
  }
}

/** One walk over the passage's terms. */
function textFeatures({ sequence, head }: IndexHit, wanted: Wanted) {
  const covered = new Float32Array(wanted.worth.length)
  const mended = new Float32Array(wanted.worth.length)
  const pairsFound = new Set<number>()
  const headTerms = new Set<number>()
  let headWeight = 0
  let headNamed = 0
  for (let index = 0; index < sequence.length; index += 1) {
    const term = sequence[index] as number
    const asked = wanted.terms.get(term)
    if (index < head && !headTerms.has(term)) {
      headTerms.add(term)
      const weight = wanted.inverseFrequency(term)
      headWeight += weight
      if (asked) headNamed += weight * asked.share
    }
    if (!asked) continue
    const { place, share } = asked
    if (place >= 0 && share > (covered[place] as number)) {
      covered[place] = share
      mended[place] = asked.corrected ? share : 0
    }
    const next = sequence[index + 1]
    if (next !== undefined && wanted.pairs.has(term * PAIR_BASE + next)) pairsFound.add(term * PAIR_BASE + next)
  }
  const share = (of: Float32Array) =>
    wanted.total > 0
      ? clamp(wanted.worth.reduce((sum, weight, place) => sum + weight * (of[place] as number), 0) / wanted.total)
      : 0
  const pairs = [...pairsFound].reduce((sum, key) => sum + (wanted.pairs.get(key) ?? 0), 0)
  return {
    coverage: share(covered),
    /** How much of what is asked reached the passage through a corrected spelling only. */
    ngram: share(mended),
    phrase: wanted.pairTotal > 0 ? clamp(pairs / wanted.pairTotal) : 0,
    named: headNamed / (headWeight + ONE_WORD),
  }
}

const clamp = (value: number) => Math.min(1, Math.max(0, value))
