import type { EncodedQuestion } from './encoder/question-encoder.ts'
import type { IndexHit, IndexHits } from './index/search-index.port.ts'
import type { Passage, PassageScores } from './retrieval.port.ts'
import { FUSION } from './retrieval-weights.ts'

/** What a hit shows of the question, each 0–1 (`cosine` apart); what fusing weighs. */
export type HitFeatures = Omit<PassageScores, 'fused'> & {
  /** Cosine above the mean's, over the best one's above it; null without a vector. */
  dense: number | null
  /** Share of the question's weight that stands in the passage. */
  coverage: number
  /** How nearly the title, headings, question and aliases say what the question says. */
  head: number
}

/** Ranks hits by the fused score, best first; ties by passage id, so that every index ranks alike. */
export function fuse(question: EncodedQuestion, found: IndexHits, weights = FUSION): Passage[] {
  return featuresOf(question, found)
    .map(({ hit, features }) => {
      const { dense: _, coverage: __, head: ___, ...scores } = features
      const fused = fusedScore(features, weights)
      return { chunk: hit.chunk, score: fused, scores: { fused, ...scores } }
    })
    .sort((one, two) => two.score - one.score || (one.chunk.id < two.chunk.id ? -1 : 1))
}

/** 0–1. A passage without a vector is judged by what is known of it, as if the vector agreed. */
export function fusedScore(features: HitFeatures, weights = FUSION): number {
  const known =
    weights.sparse * features.sparse +
    weights.phrase * features.phrase +
    weights.coverage * features.coverage +
    weights.head * features.head
  const knownWeight = weights.sparse + weights.phrase + weights.coverage + weights.head
  const fused =
    features.dense === null
      ? known / knownWeight
      : (known + weights.dense * features.dense) / (knownWeight + weights.dense)
  return (fused + weights.exact * features.exact) / (1 + weights.exact)
}

/** The features of every hit. */
export function featuresOf(
  question: EncodedQuestion,
  { hits, meanCosine }: IndexHits,
): { hit: IndexHit; features: HitFeatures }[] {
  const bestSparse = hits.reduce((best, { sparse }) => Math.max(best, sparse), 0)
  const bestCosine = hits.reduce((best, { cosine }) => Math.max(best, cosine ?? -1), -1)
  const longestKey = hits.reduce((longest, { keys }) => Math.max(longest, ...keys.map((key) => key.length)), 0)
  const wanted = wantedTerms(question)
  return hits.map((hit) => {
    const text = readText(hit, wanted)
    return {
      hit,
      features: {
        sparse: bestSparse > 0 ? hit.sparse / bestSparse : 0,
        dense: hit.cosine === null ? null : clamp((hit.cosine - meanCosine) / Math.max(bestCosine - meanCosine, 1e-6)),
        cosine: hit.cosine,
        // The longest name meant wins: "Light Blue Account" is not also a question about "Blue Account".
        exact: hit.keys.some((key) => key.startsWith('sku:') || key.length === longestKey) ? 1 : 0,
        ...text,
      },
    }
  })
}

type Wanted = {
  place: Map<number, number>
  weights: number[]
  corrected: boolean[]
  total: number
  pairs: Map<number, number>
  pairTotal: number
}
/** Two term numbers as one key; vocabularies stay far below 2^26. */
const pairKey = (one: number, two: number) => one * 0x4000000 + two

function wantedTerms({ terms, words, sequence }: EncodedQuestion): Wanted {
  const weights = terms.map(({ weight }) => weight)
  const place = new Map(terms.map(({ term }, index) => [term, index]))
  const pairs = new Map<number, number>()
  for (let index = 0; index + 1 < sequence.length; index += 1) {
    const [one, two] = [sequence[index] ?? -1, sequence[index + 1] ?? -1]
    if (one < 0 || two < 0 || one === two) continue
    pairs.set(pairKey(one, two), (weights[place.get(one) ?? -1] ?? 0) + (weights[place.get(two) ?? -1] ?? 0))
  }
  return {
    place,
    weights,
    corrected: terms.map(({ corrected }) => corrected),
    // Unknown words count too: a passage cannot cover a question half of which nobody here ever wrote.
    total: words.reduce((sum, { weight }) => sum + weight, 0),
    pairs,
    pairTotal: [...pairs.values()].reduce((sum, weight) => sum + weight, 0),
  }
}

function readText({ sequence, head }: IndexHit, wanted: Wanted) {
  const inText = new Uint8Array(wanted.weights.length)
  const inHead = new Uint8Array(wanted.weights.length)
  const pairsFound = new Set<number>()
  let headMatches = 0
  for (let index = 0; index < sequence.length; index += 1) {
    const term = sequence[index] as number
    const place = wanted.place.get(term)
    if (place === undefined) continue
    inText[place] = 1
    if (index < head) {
      inHead[place] = 1
      headMatches += 1
    }
    const next = sequence[index + 1]
    if (next !== undefined) {
      const key = pairKey(term, next)
      if (wanted.pairs.has(key)) pairsFound.add(key)
    }
  }
  const share = (present: Uint8Array) =>
    wanted.weights.reduce((sum, weight, place) => sum + (present[place] ? weight : 0), 0)
  const covered = wanted.total > 0 ? clamp(share(inText) / wanted.total) : 0
  const headCovered = wanted.total > 0 ? clamp(share(inHead) / wanted.total) : 0
  const headSaid = head > 0 ? headMatches / head : 0
  const pairs = [...pairsFound].reduce((sum, key) => sum + (wanted.pairs.get(key) ?? 0), 0)
  return {
    coverage: covered,
    head: headCovered + headSaid > 0 ? (2 * headCovered * headSaid) / (headCovered + headSaid) : 0,
    phrase: wanted.pairTotal > 0 ? clamp(pairs / wanted.pairTotal) : 0,
    ngram: correctedShare(inText, wanted),
  }
}

/** How much of what the question asks reached the passage through a corrected spelling only. */
function correctedShare(inText: Uint8Array, { weights, corrected, total }: Wanted): number {
  const sum = weights.reduce((sum, weight, place) => sum + (corrected[place] && inText[place] ? weight : 0), 0)
  return total > 0 ? clamp(sum / total) : 0
}

const clamp = (value: number) => Math.min(1, Math.max(0, value))
