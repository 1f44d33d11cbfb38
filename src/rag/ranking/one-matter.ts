import type { ChunkId } from '#domain/ids.ts'
import type { Passage } from '../retrieval.port.ts'
import { byScore } from './fused-ranking.ts'
import { standardised } from './standardised.ts'

/** Who writes so many sentences has a matter, and most pages about it are of use; a question or two are answered by a page each. */
const LEAST_PARTS = 3
/** The passages that say what the matter is. */
const LEADERS = 3

/** See SearchIndex. */
export type Likeness = (leaders: ChunkId[], passages: ChunkId[]) => (number | null)[]

/**
 * The ranking of a message of at least three sentences with what is like its three leading passages moved up, by `share` of the score:
 * relevance feedback from the ranking itself (Rocchio, "Relevance Feedback in Information Retrieval", 1971), on vectors. Shorter texts stay as they are.
 */
export function aroundItsMatter(ranking: Passage[], parts: number, likeness: Likeness, share: number): Passage[] {
  if (parts < LEAST_PARTS || share === 0) return ranking
  const ids = ranking.map(({ chunk }) => chunk.id)
  const alike = standardised(likeness(ids.slice(0, LEADERS), ids))
  return ranking
    .map((passage, place) => {
      const near = alike[place] ?? null
      if (near === null) return passage
      const score = (1 - share) * passage.score + share * near
      return { ...passage, score, scores: { ...passage.scores, fused: score } }
    })
    .sort(byScore)
}
