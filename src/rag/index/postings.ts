import { Fault } from '#domain/fault.ts'
import { grown } from './arena.ts'

/** A posting is one 32-bit number: the passage's slot above, its weight (0–1) in steps of 1/4095 below. */
const WEIGHT_BITS = 12
const WEIGHT_STEPS = (1 << WEIGHT_BITS) - 1
const MOST_SLOTS = 1 << (32 - WEIGHT_BITS)
/** Postings copied out at a time when lists are written one after another. */
const PART = 1 << 18

/** Lists one after another: how many postings each term has, and the postings. */
export type StoredPostings = { lengths: Uint32Array<ArrayBuffer>; values: Uint32Array<ArrayBuffer> }

export type Postings = {
  add(slot: number, terms: Uint32Array, weights: Float32Array): void
  /** Postings of a term, removed passages' among them. */
  length(term: number): number
  /** At least the largest weight (0–1) of the term's postings. */
  most(term: number): number
  /** Adds factor × weight to `scores` for every posting. Writes slots that were 0 into `touched` from `count` on; gives the new count. */
  accumulate(term: number, factor: number, scores: Float32Array, touched: Uint32Array, count: number): number
  /** `sum` plus factor × the slot's weight, rounded as `accumulate` rounds: the same sum whichever way it came about. */
  plus(sum: number, term: number, factor: number, slot: number): number
  /** A copy with slots renumbered, without those `renumber` gives −1 for. Pauses now and then. */
  compacted(renumber: Int32Array, pause: () => Promise<void>): Promise<Postings>
  /** As StoredPostings, the values in parts made while they are asked for: nothing may be added in between. */
  stored(): { lengths: Uint32Array<ArrayBuffer>; values: Iterable<Uint32Array<ArrayBuffer>> }
}

/**
 * An inverted index: for each term the slots that have it, ascending, with weights. A removed passage's postings stay until
 * compaction. All lists share one array, since nine of ten words stand in one passage alone and an object each would be most
 * of the memory: a full list moves to a place twice as large, and the next list of its old size takes its old place.
 */
export function postings(from?: StoredPostings): Postings {
  let starts = new Uint32Array(1024)
  let lengths = new Uint32Array(1024)
  /** How many postings fit at `starts`. */
  let rooms = new Uint32Array(1024)
  /** The largest weight each term ever had, in steps. */
  let largest = new Uint16Array(1024)
  let pool = from?.values ?? new Uint32Array(1 << 14)
  let used = from?.values.length ?? 0
  let terms = 0
  /** Places given up, by the power of two they hold. */
  const free: number[][] = Array.from({ length: 32 }, () => [])
  if (from) takeOver(from.lengths)

  function takeOver(stored: Uint32Array): void {
    ensureTerms(stored.length)
    let start = 0
    for (const [term, length] of stored.entries()) {
      starts[term] = start
      lengths[term] = length
      rooms[term] = length
      for (let place = start; place < start + length; place += 1) noteLargest(term, pool[place] as number)
      start += length
    }
  }

  function ensureTerms(count: number): void {
    terms = Math.max(terms, count)
    if (count <= starts.length) return
    const size = Math.max(count, starts.length * 2)
    starts = grown(starts, new Uint32Array(size))
    lengths = grown(lengths, new Uint32Array(size))
    rooms = grown(rooms, new Uint32Array(size))
    largest = grown(largest, new Uint16Array(size))
  }

  function noteLargest(term: number, value: number): void {
    const steps = value & WEIGHT_STEPS
    if (steps > (largest[term] as number)) largest[term] = steps
  }

  function push(term: number, value: number): void {
    ensureTerms(term + 1)
    const length = lengths[term] as number
    if (length === rooms[term]) move(term, length)
    pool[(starts[term] as number) + length] = value
    lengths[term] = length + 1
    noteLargest(term, value)
  }

  function move(term: number, length: number): void {
    const power = length === 0 ? 0 : 32 - Math.clz32(length)
    const room = 2 ** power
    let start = free[power]?.pop()
    if (start === undefined) {
      start = used
      used += room
      if (used > pool.length) pool = grown(pool, new Uint32Array(Math.ceil(used * 1.5)))
    }
    const old = starts[term] as number
    pool.copyWithin(start, old, old + length)
    if (length > 0) free[31 - Math.clz32(length)]?.push(old)
    starts[term] = start
    rooms[term] = room
  }

  /** The slot's weight in steps, 0 without a posting. */
  function stepsOf(term: number, slot: number): number {
    const end = (starts[term] ?? 0) + (lengths[term] ?? 0)
    let low = starts[term] ?? 0
    let high = end
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((pool[middle] as number) >>> WEIGHT_BITS < slot) low = middle + 1
      else high = middle
    }
    const value = low < end ? (pool[low] as number) : 0
    return low < end && value >>> WEIGHT_BITS === slot ? value & WEIGHT_STEPS : 0
  }

  function* valuesInOrder(): Generator<Uint32Array<ArrayBuffer>> {
    let part = new Uint32Array(PART)
    let filled = 0
    for (let term = 0; term < terms; term += 1) {
      let [from, left] = [starts[term] as number, lengths[term] as number]
      while (left > 0) {
        const taken = Math.min(left, PART - filled)
        part.set(pool.subarray(from, from + taken), filled)
        filled += taken
        from += taken
        left -= taken
        if (filled < PART) continue
        yield part
        part = new Uint32Array(PART)
        filled = 0
      }
    }
    yield part.subarray(0, filled)
  }

  async function compacted(renumber: Int32Array, pause: () => Promise<void>): Promise<Postings> {
    const kept = new Uint32Array(terms)
    const values = new Uint32Array(used)
    let next = 0
    for (let term = 0; term < terms; term += 1) {
      if (term % 2048 === 0) await pause()
      const start = starts[term] as number
      for (let place = start; place < start + (lengths[term] as number); place += 1) {
        const value = pool[place] as number
        const slot = renumber[value >>> WEIGHT_BITS] ?? -1
        if (slot < 0) continue
        values[next++] = slot * (1 << WEIGHT_BITS) + (value & WEIGHT_STEPS)
        kept[term] = (kept[term] as number) + 1
      }
    }
    return postings({ lengths: kept, values: values.slice(0, next) })
  }

  return {
    add(slot, terms, weights) {
      if (slot >= MOST_SLOTS) throw full()
      for (let place = 0; place < terms.length; place += 1) {
        // A step above 0 even for the faintest weight: a posting always counts as touched.
        const weight = Math.max(1, Math.round((weights[place] as number) * WEIGHT_STEPS))
        push(terms[place] as number, slot * (1 << WEIGHT_BITS) + weight)
      }
    },
    length: (term) => lengths[term] ?? 0,
    most: (term) => (largest[term] ?? 0) / WEIGHT_STEPS,
    accumulate: (term, factor, scores, touched, count) =>
      addUp(pool, starts[term] ?? 0, lengths[term] ?? 0, factor / WEIGHT_STEPS, scores, touched, count),
    plus: (sum, term, factor, slot) => Math.fround(sum + (factor / WEIGHT_STEPS) * stepsOf(term, slot)),
    compacted,
    stored: () => ({ lengths: lengths.slice(0, terms), values: valuesInOrder() }),
  }
}

/** A function of its own, since captured variables are slow in a long loop. */
function addUp(
  pool: Uint32Array,
  start: number,
  length: number,
  step: number,
  scores: Float32Array,
  touched: Uint32Array,
  count: number,
): number {
  let next = count
  for (let place = start; place < start + length; place += 1) {
    const value = pool[place] as number
    const slot = value >>> WEIGHT_BITS
    const before = scores[slot] as number
    if (before === 0) touched[next++] = slot
    scores[slot] = before + step * (value & WEIGHT_STEPS)
  }
  return next
}

function full(): Fault {
  const message = `The in-process index holds ${MOST_SLOTS} passages a shop; larger shops need the server profile.`
  return new Fault({ kind: 'operator', code: 'rag.index.full', message })
}
