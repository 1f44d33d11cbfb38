import { Fault } from '#domain/fault.ts'

/** A posting is one 32-bit number: the passage's slot above, its weight (0–1) in steps of 1/4095 below. */
const WEIGHT_BITS = 12
const WEIGHT_STEPS = (1 << WEIGHT_BITS) - 1
export const MOST_SLOTS = 1 << (32 - WEIGHT_BITS)

type List = { values: Uint32Array<ArrayBuffer>; length: number }

export type Postings = {
  add(slot: number, terms: Uint32Array, weights: Float32Array): void
  /** Adds weight × posting weight to `scores` for every posting of the terms; notes in `touched` the slots that were 0 before. Gives how many. */
  accumulate(terms: { term: number; weight: number }[], scores: Float32Array, touched: Uint32Array): number
  /** A copy with slots renumbered, without those `renumber` gives −1 for. Yields now and then. */
  compacted(renumber: Int32Array, pause: () => Promise<void>): Promise<Postings>
}

/** An inverted index: for each term the slots that have it, ascending, with weights. A removed passage's postings stay until compaction. */
export function postings(lists: (List | undefined)[] = []): Postings {
  return {
    add(slot, terms, weights) {
      if (slot >= MOST_SLOTS)
        throw new Fault({
          kind: 'operator',
          code: 'rag.index.full',
          message: `The in-process index holds ${MOST_SLOTS} passages a shop; use the server profile.`,
        })
      for (let place = 0; place < terms.length; place += 1) {
        // A step above 0 even for the faintest weight: a posting always counts as touched.
        const weight = Math.max(1, Math.round((weights[place] ?? 0) * WEIGHT_STEPS))
        push(lists, terms[place] ?? 0, slot * (1 << WEIGHT_BITS) + weight)
      }
    },
    accumulate(terms, scores, touched) {
      let count = 0
      for (const { term, weight } of terms) {
        const list = lists[term]
        if (!list || weight <= 0) continue
        const { values, length } = list
        const step = weight / WEIGHT_STEPS
        for (let place = 0; place < length; place += 1) {
          const value = values[place] as number
          const slot = value >>> WEIGHT_BITS
          const before = scores[slot] as number
          if (before === 0) touched[count++] = slot
          scores[slot] = before + step * (value & WEIGHT_STEPS)
        }
      }
      return count
    },
    async compacted(renumber, pause) {
      const fresh: (List | undefined)[] = []
      for (const [term, list] of lists.entries()) {
        if (!list) continue
        if (term % 2048 === 0) await pause()
        for (let place = 0; place < list.length; place += 1) {
          const value = list.values[place] as number
          const slot = renumber[value >>> WEIGHT_BITS] ?? -1
          if (slot >= 0) push(fresh, term, slot * (1 << WEIGHT_BITS) + (value & WEIGHT_STEPS))
        }
      }
      return postings(fresh)
    },
  }
}

function push(lists: (List | undefined)[], term: number, value: number): void {
  let list = lists[term]
  if (!list) {
    list = { values: new Uint32Array(2), length: 0 }
    lists[term] = list
  }
  if (list.length === list.values.length) {
    const larger = new Uint32Array(list.length + Math.max(2, list.length >> 1))
    larger.set(list.values)
    list.values = larger
  }
  list.values[list.length++] = value
}
