import type { Visible } from '../passages/passage-table.port.ts'
import { topK } from '../top-k.ts'
import type { NeighbourGraph, Neighbours } from './neighbours.usearch.ts'
import { type StoredVectors, type VectorTable, vectorTable } from './vector-table.ts'

/** Below this many visible vectors a scan takes some 2 ms and is exact; above, the graph is worth its error. */
const EXACT_BELOW = 6000
/** Beside the graph so many vectors are looked at one by one; with more waiting, all are scanned natively. */
const FEW_WAITING = 2000
/** Fewer neighbours than this are not asked for: the more are asked, the fewer of the best are missed, and these cost 0.2 ms. */
const LEAST_ASKED = 120
/** More neighbours than this are not asked of the graph at once: the exact scan is as fast by then. */
const MOST_ASKED = 2000
/** Vectors put into the graph between two looks at what else there is to do: about 2 ms. */
const BATCH = 8
/** So many waiting vectors, and more than the graph has, are built into a new graph beside all other work. */
const MANY_WAITING = 3000

/** Vectors of a shop written out; `slots` gives each row its slot, −1 for a free one. */
export type StoredNearest = StoredVectors & {
  dimensions: number
  slots: Int32Array<ArrayBuffer>
  /** Rows the graph does not have; all, where there is no graph. */
  waiting: number[]
  graph: Neighbours | null
}

/** Vectors of live slots and the nearest of them. */
export type Nearest = {
  set(slot: number, vector: Float32Array): void
  remove(slot: number): void
  has(slot: number): boolean
  cosine(slot: number, query: Float64Array): number | null
  /** The sum of their vectors; null when none of them has one. */
  middle(slots: number[]): Float64Array | null
  meanCosine(query: Float64Array): number
  /** The slots of the `limit` nearest visible vectors, best first. */
  near(query: Float64Array, limit: number, visible: Visible): number[]
  renumber(slots: Int32Array): void
  count(): number
  mode(): 'approximate' | 'exact'
  /** Vectors that the graph does not have yet. */
  waiting(): number
  /** Brings vectors that wait into the graph, a batch at a time or in a thread of its own; resolves when none waits. */
  settle(pause: () => Promise<void>, signal: AbortSignal): Promise<void>
  /** Views of what is live: nothing may be set or removed until they were written. */
  stored(): StoredNearest
}

export type NearestOptions = {
  /** Null: exact scans only. */
  graph: NeighbourGraph | null
  /** For tests. */
  exactBelow?: number
  manyWaiting?: number
  rank?: (slot: number) => number
  from?: StoredNearest
}

export function nearest(dimensions: number, options: NearestOptions): Nearest {
  const { graph, exactBelow = EXACT_BELOW, manyWaiting = MANY_WAITING, rank, from } = options
  const vectors: VectorTable = vectorTable(dimensions, from, (row) => (from?.slots[row] ?? -1) >= 0)
  /** Row of each slot, −1 without a vector. */
  let rows = new Int32Array(1024).fill(-1)
  const slots: number[] = from ? [...from.slots] : []
  /** Rows that are not in the graph yet: they are scanned. */
  const waiting = new Set<number>(from?.waiting)
  let neighbours: Neighbours | null = from?.graph ?? null
  /** Rows given up while a graph that has them is being built. */
  let givenUp: Set<number> | null = null
  for (const [row, slot] of slots.entries()) if (slot >= 0) point(slot, row)

  function point(slot: number, row: number): void {
    if (slot >= rows.length) {
      const larger = new Int32Array(slot * 2).fill(-1)
      larger.set(rows)
      rows = larger
    }
    rows[slot] = row
    slots[row] = slot
  }

  function set(slot: number, vector: Float32Array): void {
    remove(slot)
    const row = vectors.add(vector)
    point(slot, row)
    waiting.add(row)
  }

  const rowOf = (slot: number) => rows[slot] ?? -1

  function remove(slot: number): void {
    const row = rowOf(slot)
    if (row < 0) return
    if (!waiting.delete(row)) neighbours?.remove(row)
    givenUp?.add(row)
    vectors.free(row)
    rows[slot] = -1
    slots[row] = -1
  }

  function middle(of: number[]): Float64Array | null {
    const known = of.map(rowOf).filter((row) => row >= 0)
    if (known.length === 0) return null
    const sum = new Float64Array(dimensions)
    const values = vectors.bytesOf(known)
    const scales = known.map((row) => vectors.scales()[row] ?? 0)
    for (const [place, value] of values.entries()) {
      const at = place % dimensions
      sum[at] = (sum[at] ?? 0) + value * (scales[Math.floor(place / dimensions)] ?? 0)
    }
    return sum
  }

  function near(query: Float64Array, limit: number, visible: Visible): number[] {
    const best = topK(limit, rank)
    const offer = (row: number) => best.offer(slots[row] as number, vectors.dot(row, query))
    const found = graph && visible.atMost >= exactBelow ? someNear(graph, query, limit, visible) : null
    if (found) for (const row of found) offer(row)
    else visible.each((slot) => rowOf(slot) >= 0 && offer(rowOf(slot)))
    return best.entries().map(({ key }) => key)
  }

  /** Visible rows that are near, some hundreds; null when that takes too many looks at what is not visible. */
  function someNear(
    native: NeighbourGraph,
    query: Float64Array,
    limit: number,
    visible: Visible,
  ): Iterable<number> | null {
    const bytes = inBytes(query)
    const sees = (row: number) => (slots[row] ?? -1) >= 0 && visible.sees(slots[row] as number)
    const graph = waiting.size <= FEW_WAITING ? neighbours : null
    const total = graph ? graph.size() : slots.length
    const share = Math.max(1, vectors.count() / visible.atMost)
    for (let asked = Math.max(LEAST_ASKED, Math.ceil(limit * share * 1.3)); asked <= MOST_ASKED; asked *= 2) {
      const rows = graph ? graph.near(bytes, asked) : native.scan(vectors.bytes(), bytes, asked)
      const found = rows.filter(sees)
      if (found.length < Math.min(limit, visible.atMost) && asked < total) continue
      return graph ? new Set([...found, ...[...waiting].filter(sees)]) : found
    }
    return null
  }

  async function settle(pause: () => Promise<void>, signal: AbortSignal): Promise<void> {
    if (!graph || vectors.count() < exactBelow) return
    let inThread = true
    for (;;) {
      // What comes in bulk is waited for: then it is built at once rather than over and over.
      await pause()
      if (waiting.size === 0) return
      const many = waiting.size >= manyWaiting && waiting.size > (neighbours?.size() ?? 0)
      if (many && inThread) inThread = await builtAnew(graph, signal)
      else addSome(graph)
    }
  }

  function addSome(native: NeighbourGraph): void {
    neighbours ??= native.empty(dimensions)
    const batch: number[] = []
    for (const row of waiting) {
      batch.push(row)
      if (batch.length === BATCH) break
    }
    neighbours.add(batch, vectors.bytesOf(batch))
    for (const row of batch) waiting.delete(row)
  }

  /** False when it could not be built; then vectors go in one by one. */
  async function builtAnew(native: NeighbourGraph, signal: AbortSignal): Promise<boolean> {
    const taken = [...slots.keys()].filter((row) => (slots[row] as number) >= 0)
    const gone = new Set<number>()
    givenUp = gone
    try {
      const built = await native.build(dimensions, taken, vectors.bytesOf(taken), signal)
      for (const row of gone) built.remove(row)
      for (const row of taken) if (!gone.has(row)) waiting.delete(row)
      neighbours = built
      return true
    } catch {
      signal.throwIfAborted()
      return false
    } finally {
      givenUp = null
    }
  }

  return {
    set,
    remove,
    has: (slot) => rowOf(slot) >= 0,
    cosine: (slot, query) => (rowOf(slot) < 0 ? null : vectors.dot(rowOf(slot), query)),
    middle,
    meanCosine: (query) => vectors.meanDot(query),
    near,
    renumber(numbers) {
      const moved = new Int32Array(rows.length).fill(-1)
      for (const [row, slot] of slots.entries()) {
        const next = slot < 0 ? -1 : (numbers[slot] ?? -1)
        slots[row] = next
        if (next >= 0) moved[next] = row
      }
      rows = moved
    },
    count: () => vectors.count(),
    mode: () => (neighbours && waiting.size < vectors.count() / 2 ? 'approximate' : 'exact'),
    waiting: () => (graph && vectors.count() >= exactBelow ? waiting.size : 0),
    settle,
    stored: () => ({
      dimensions,
      values: vectors.bytes(),
      scales: vectors.scales(),
      slots: Int32Array.from(slots),
      waiting: neighbours ? [...waiting] : [...slots.keys()].filter((row) => (slots[row] as number) >= 0),
      graph: neighbours,
    }),
  }
}

/** Scaled so that the largest component is 127: a cosine does not mind. */
function inBytes(vector: Float64Array): Int8Array {
  const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const step = 127 / (largest || 1)
  return Int8Array.from(vector, (value) => Math.round(value * step))
}
