import type { Chunk } from '#domain/document.ts'
import type { ChunkId, DocumentId } from '#domain/ids.ts'
import type { Passage } from '../retrieval.port.ts'
import type { FusionWeights } from './fusion-weights.ts'
import type { HitFeatures } from './hit-features.ts'

/** How many of a document's best passages speak for one another. */
const FAMILY_SIZE = 5

export type FeaturedHit = { chunk: Chunk; features: HitFeatures }

/** Ranks hits by the fused score, best first; ties by passage id, so that every index ranks alike. */
export function fusedRanking(hits: FeaturedHit[], weights: FusionWeights): Passage[] {
  const scored = hits.map(({ chunk, features }) => ({ chunk, features, alone: fusedScore(features, weights) }))
  const families = new Map<DocumentId, number[]>()
  for (const { chunk, alone } of scored)
    families.set(chunk.documentId, [...(families.get(chunk.documentId) ?? []), alone])
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
    const told = nearest > 0 ? bestCosine(part) / nearest : 1
    for (const passage of part) {
      const entry = known.get(passage.chunk.id) ?? { passage, whole: 0, part: 0 }
      entry.part = Math.max(entry.part, passage.score * told)
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
function fusedScore({ sparse, phrase, coverage, dense, named, exact }: HitFeatures, weights: FusionWeights): number {
  const words = weights.sparse * sparse + weights.phrase * phrase + weights.coverage * coverage
  const wordsWeight = weights.sparse + weights.phrase + weights.coverage
  const meant = dense === null ? words / wordsWeight : (words + weights.dense * dense) / (wordsWeight + weights.dense)
  return (meant + weights.named * named + weights.exact * exact) / (1 + weights.named + weights.exact)
}

function familyScore(scores: number[]): number {
  const best = scores.sort((one, two) => two - one).slice(0, FAMILY_SIZE)
  return best.reduce((sum, score) => sum + score, 0) / FAMILY_SIZE
}

const bestCosine = (passages: Passage[]) => passages.reduce((best, { scores }) => Math.max(best, scores.cosine ?? 0), 0)

function byScore(one: Passage, two: Passage): number {
  return two.score - one.score || (one.chunk.id < two.chunk.id ? -1 : 1)
}
