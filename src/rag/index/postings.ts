import { Fault } from '#domain/fault.ts'

/** A posting is one 32-bit number: the passage's slot above, its weight (0–1) in steps of 1/4095 below. */
const WEIGHT_BITS = 12
const WEIGHT_STEPS = (1 << WEIGHT_BITS) - 1
const MOST_SLOTS = 1 << (32 - WEIGHT_BITS)

type List = { values: Uint32Array<ArrayBuffer>; length: number }

export type Postings = {
  add(slot: number, terms: Uint32Array, weights: Float32Array): void
  /** Postings of a term, removed passages' among them. */
  length(term: number): number
  /** Adds factor × weight to `scores` for every posting. Writes slots that were 0 into `touched` from `count` on; gives the new count. */
  accumulate(term: number, factor: number, scores: Float32Array, touched: Uint32Array, count: number): number
  /** The weight of one posting, 0 without it. */
  weight(term: number, slot: number): number
  /** A copy with slots renumbered, without those `renumber` gives −1 for. Pauses now and then. */
  compacted(renumber: Int32Array, pause: () => Promise<void>): Promise<Postings>
}

/** An inverted index: for each term the slots that have it, ascending, with weights. A removed passage's postings stay until compaction. */
export function postings(lists: (List | undefined)[] = []): Postings {
  return {
    add(slot, terms, weights) {
      if (slot >= MOST_SLOTS) throw full()
      for (let place = 0; place < terms.length; place += 1) {
        // A step above 0 even for the faintest weight: a posting always counts as touched.
        const weight = Math.max(1, Math.round((weights[place] as number) * WEIGHT_STEPS))
        push(lists, terms[place] as number, slot * (1 << WEIGHT_BITS) + weight)
      }
    },
    length: (term) => lists[term]?.length ?? 0,
    accumulate(term, factor, scores, touched, count) {
      const list = lists[term]
      if (!list) return count
      const { values, length } = list
      const step = factor / WEIGHT_STEPS
      let next = count
      for (let place = 0; place < length; place += 1) {
        const value = values[place] as number
        const slot = value >>> WEIGHT_BITS
        const before = scores[slot] as number
        if (before === 0) touched[next++] = slot
        scores[slot] = before + step * (value & WEIGHT_STEPS)
      }
      return next
    },
    weight(term, slot) {
      const list = lists[term]
      if (!list) return 0
      let low = 0
      let high = list.length
      while (low < high) {
        const middle = (low + high) >>> 1
        if ((list.values[middle] as number) >>> WEIGHT_BITS < slot) low = middle + 1
        else high = middle
      }
      const value = low < list.length ? (list.values[low] as number) : 0
      return low < list.length && value >>> WEIGHT_BITS === slot ? (value & WEIGHT_STEPS) / WEIGHT_STEPS : 0
    },
    async compacted(renumber, pause) {
      const fresh: (List | undefined)[] = []
      for (const [term, list] of lists.entries()) {
        if (term % 2048 === 0) await pause()
        if (!list) continue
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

function full(): Fault {
  const message = `The in-process index holds ${MOST_SLOTS} passages a shop; larger shops need the server profile.`
  return new Fault({ kind: 'operator', code: 'rag.index.full', message })
}
