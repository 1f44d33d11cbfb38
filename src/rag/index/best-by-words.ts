import type { Postings } from './postings.ts'
import { topK } from './top-k.ts'

/** Lists shorter than this are simply added up: looking for a way round them costs more. */
const LONG_LIST = 2000

/** Allows for sums in 32-bit floats. */
const SLACK = 1e-4

/**
 * Sums question weight × passage weight over the terms' postings and gives the `limit` best visible slots with their sums,
 * and those of `also`; among equal sums those of lowest `rank`. Exact, but the longest lists are read only where they can still matter: once the rest of the terms
 * together cannot lift a new passage among the best, they are looked up for those in question alone.
 * Source: Turtle and Flood 1995 (max-score).
 */
export function bestByWords() {
  /** Reused between questions; all 0 in between. */
  let scores = new Float32Array(1024)
  let touched = new Uint32Array(1024)

  return (
    lists: Postings,
    slotCount: number,
    terms: WeightedTerm[],
    limit: number,
    sees: (slot: number) => boolean,
    also: number[],
    rank?: (slot: number) => number,
  ) => {
    if (slotCount > scores.length) {
      scores = new Float32Array(slotCount * 2)
      touched = new Uint32Array(slotCount * 2)
    }
    const known = terms.filter(({ term, weight }) => weight > 0 && lists.length(term) > 0)
    // Rare words first: they decide, and their lists are short.
    // Among equals the question's order, which no numbering of terms changes: sums are rounded at every step.
    known.sort((one, two) => two.weight - one.weight)
    const total = known.reduce((sum, { weight }) => sum + weight, 0)
    let rest = total
    let least = 0
    let count = 0
    let added = 0
    for (const { term, weight } of known) {
      // Half of what was added so far is about what the best have; looking costs a pass over all of them.
      if (count >= limit && lists.length(term) > LONG_LIST && rest * 2 < total - rest) {
        least = leastOfBest(scores, touched, count, limit, sees) - SLACK
        if (least > rest) break
      }
      count = lists.accumulate(term, weight, scores, touched, count)
      rest -= weight
      added += 1
    }
    if (added === known.length) least = 0

    const later = known.slice(added)
    const whole = (slot: number) =>
      later.reduce((sum, { term, weight }) => lists.plus(sum, term, weight, slot), scores[slot] as number)
    const best = topK(limit, rank)
    for (let place = 0; place < count; place += 1) {
      const slot = touched[place] as number
      if ((scores[slot] as number) + rest >= least && sees(slot)) best.offer(slot, whole(slot))
    }
    const found = new Map(also.map((slot) => [slot, whole(slot)]))
    for (const { key, score } of best.entries()) found.set(key, score)
    for (let place = 0; place < count; place += 1) scores[touched[place] as number] = 0
    return found
  }
}

export type WeightedTerm = { term: number; weight: number }

/** The `limit`-th best sum so far, 0 while there are fewer. */
function leastOfBest(
  scores: Float32Array,
  touched: Uint32Array,
  count: number,
  limit: number,
  sees: (slot: number) => boolean,
): number {
  const best = topK(limit)
  for (let place = 0; place < count; place += 1) {
    const slot = touched[place] as number
    if (sees(slot)) best.offer(slot, scores[slot] as number)
  }
  const entries = best.entries()
  return entries.length < limit ? 0 : (entries.at(-1)?.score ?? 0)
}
