import type { ChunkId, DocumentId } from '#domain/ids.ts'
import type { Passage } from '../retrieval.port.ts'
import type { FusionWeights } from './fusion-weights.ts'
import type { FeaturedHit, HitFeatures } from './hit-features.ts'
import { standardised } from './standardised.ts'

/** The power that leaves of coverage only what is nearly whole: nine tenths count 0.43. */
const COMPLETE = 8
/** An article number says which product is meant, whatever other words say: so much it has beforehand. */
const NUMBERED = 0.75
/** How many of a document's best passages speak for one another. */
const FAMILY_SIZE = 5

/** Ranks hits by the fused score, best first; ties by passage id, so that every index ranks alike. */
export function fusedRanking(hits: FeaturedHit[], weights: FusionWeights): Passage[] {
  const dense = standardised(hits.map(({ features }) => features.meant))
  const scored = hits.map(({ chunk, features }, place) => ({
    chunk,
    features,
    alone: fusedScore(features, dense[place] ?? null, chunk.kind === 'product', weights),
  }))
  const families = new Map<DocumentId, number[]>()
  for (const { chunk, alone } of scored) {
    const family = families.get(chunk.documentId)
    if (family) family.push(alone)
    else families.set(chunk.documentId, [alone])
  }
  const together = new Map([...families].map(([id, scores]) => [id, familyScore(scores)]))
  return scored
    .map(({ chunk, features, alone }) => {
      const score = (1 - weights.family) * alone + weights.family * (together.get(chunk.documentId) ?? 0)
      const { sparse, ngram, phrase, cosine, exact } = features
      return { chunk, score, scores: { fused: score, sparse, ngram, phrase, cosine, exact } }
    })
    .sort(byScore)
}

/**
 * One ranking of a text's whole and of its sentences: a passage that answers one sentence well counts beside one that suits
 * the text as a whole. A sentence counts as far as it is near anything in the shop: a greeting's best passage means nothing.
 */
export function joinedRanking(whole: Passage[], parts: Passage[][], weights: FusionWeights): Passage[] {
  if (parts.length === 0) return whole
  const known = new Map<ChunkId, { passage: Passage; whole: number; part: number }>()
  for (const passage of whole) known.set(passage.chunk.id, { passage, whole: passage.score, part: 0 })
  const nearest = Math.max(...[whole, ...parts].map(bestCosine))
  for (const part of parts) {
    const told = nearest > 0 ? Math.max(0, bestCosine(part) / nearest) ** weights.told : 1
    const best = part[0]?.score ?? 0
    for (const passage of part) {
      const entry = known.get(passage.chunk.id) ?? { passage, whole: 0, part: 0 }
      // What is best for its sentence counts beside what is good in itself: each sentence is to be answered.
      const leading = best > 0 ? passage.score / best : 0
      const score = ((1 - weights.leading) * passage.score + weights.leading * leading) * told
      entry.part = Math.max(entry.part, score)
      known.set(passage.chunk.id, entry)
    }
  }
  return [...known.values()]
    .map(({ passage, whole, part }) => {
      const score = (1 - weights.part) * whole + weights.part * part
      return { ...passage, score, scores: { ...passage.scores, fused: score } }
    })
    .sort(byScore)
}

/** 0–1. A passage without a vector is judged by what is known of it, as if the vector agreed. */
function fusedScore(features: HitFeatures, dense: number | null, listing: boolean, weights: FusionWeights): number {
  const { sparse, phrase, coverage, together, named, exact, numbered } = features
  const words =
    weights.sparse * sparse + weights.phrase * phrase + weights.coverage * coverage + weights.together * together
  const wordsWeight = weights.sparse + weights.phrase + weights.coverage + weights.together
  const meant = dense === null ? words / wordsWeight : (words + weights.dense * dense) / (wordsWeight + weights.dense)
  // Listings of one kind are near one another in meaning, and differ in the one value that was asked for.
  const complete = listing ? coverage ** COMPLETE : 0
  const score =
    (meant + weights.named * named + weights.exact * exact + weights.complete * complete) /
    (1 + weights.named + weights.exact + weights.complete)
  return numbered ? NUMBERED + (1 - NUMBERED) * score : score
}

function familyScore(scores: number[]): number {
  const best = scores.sort((one, two) => two - one).slice(0, FAMILY_SIZE)
  return best.reduce((sum, score) => sum + score, 0) / FAMILY_SIZE
}

const bestCosine = (passages: Passage[]) => passages.reduce((best, { scores }) => Math.max(best, scores.cosine ?? 0), 0)

/** Ties by passage id. */
export function byScore(one: Passage, two: Passage): number {
  return two.score - one.score || (one.chunk.id < two.chunk.id ? -1 : 1)
}
