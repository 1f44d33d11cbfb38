import type { Postings } from './postings.ts'
import { topK } from './top-k.ts'

/** Lists shorter than this are simply added up: looking for a way round them costs more. */
const LONG_LIST = 2000

/** Allows for sums in 32-bit floats. */
const SLACK = 1e-4

export type WeightedTerm = { term: number; weight: number }

/**
 * Sums question weight × passage weight over the terms' postings and gives the `limit` best visible slots with their sums,
 * and those of `also`; among equal sums those of lowest `rank`. Exact, but the longest lists are read only where they can
 * still matter: once the rest of the terms together cannot lift a new passage among the best, they are looked up for those
 * in question alone. Source: Turtle and Flood 1995 (max-score).
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
    const bound = ({ term, weight }: WeightedTerm) => weight * lists.most(term)
    /** What the terms from here on can add to a passage, and how many postings they have. */
    let rest = known.reduce((sum, term) => sum + bound(term), 0)
    let unread = known.reduce((sum, { term }) => sum + lists.length(term), 0)
    const total = rest
    let least = 0
    let count = 0
    let added = 0
    for (const one of known) {
      const { term, weight } = one
      const length = lists.length(term)
      // The best have rarely all that was added so far; looking costs a pass over every passage met.
      if (count >= limit && length > LONG_LIST && unread > count && rest < total - rest) {
        least = bestOf(scores, touched, count, limit, sees).bar() - SLACK
        if (least > rest) break
      }
      count = lists.accumulate(term, weight, scores, touched, count)
      rest -= bound(one)
      unread -= length
      added += 1
    }
    const later = known.slice(added)
    const bounds = later.map(bound)
    /** The slot's whole sum; −1 as soon as it is sure to stay below `bar`, since looking a term up costs a search in its list. */
    const whole = (slot: number, bar: number) => {
      let sum = scores[slot] as number
      let left = rest + SLACK
      for (let place = 0; place < later.length; place += 1) {
        if (sum + left < bar) return -1
        const { term, weight } = later[place] as WeightedTerm
        sum = lists.plus(sum, term, weight, slot)
        left -= bounds[place] as number
      }
      return sum
    }
    const best =
      later.length === 0
        ? bestOf(scores, touched, count, limit, sees, rank)
        : bestOf(scores, touched, count, limit, sees, rank, { least, rest, whole })
    const found = new Map(also.map((slot) => [slot, whole(slot, 0)]))
    for (const { key, score } of best.entries()) found.set(key, score)
    if (count * 4 > slotCount) scores.fill(0, 0, slotCount)
    else for (let place = 0; place < count; place += 1) scores[touched[place] as number] = 0
    return found
  }
}

/**
 * The best of what was met. With `unfinished`, sums lack up to `rest`: those that can still reach `least` are finished by
 * `whole`. A function of its own, since captured variables are slow in a long loop.
 */
function bestOf(
  scores: Float32Array,
  touched: Uint32Array,
  count: number,
  limit: number,
  sees: (slot: number) => boolean,
  rank?: (slot: number) => number,
  unfinished?: { least: number; rest: number; whole: (slot: number, bar: number) => number },
) {
  const best = topK(limit, rank)
  const lacking = unfinished ? unfinished.rest + SLACK : 0
  /** Below this no whole sum is among the best. */
  let bar = unfinished?.least ?? 0
  for (let place = 0; place < count; place += 1) {
    const slot = touched[place] as number
    const score = scores[slot] as number
    if (score + lacking < bar || !sees(slot)) continue
    const sum = unfinished ? unfinished.whole(slot, bar) : score
    if (sum < bar) continue
    best.offer(slot, sum)
    bar = Math.max(bar, best.bar())
  }
  return best
}
