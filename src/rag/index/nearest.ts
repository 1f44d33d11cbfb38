import type { NeighbourGraph, Neighbours } from './neighbours.usearch.ts'
import type { Visible } from './passage-table.ts'
import { topK } from './top-k.ts'
import { type VectorTable, vectorTable } from './vector-table.ts'

/** Below this many visible vectors a scan takes some 2 ms and is exact; above, the graph is worth its error. */
const EXACT_BELOW = 6000
/** More neighbours than this are not asked of the graph at once: the exact scan is as fast by then. */
const MOST_ASKED = 2000
/** Vectors put into the graph between two looks at what else there is to do: about 3 ms. */
const BATCH = 32

/** Vectors of live slots and the nearest of them. */
export type Nearest = {
  set(slot: number, vector: Float32Array): void
  remove(slot: number): void
  has(slot: number): boolean
  cosine(slot: number, query: Float64Array): number | null
  meanCosine(query: Float64Array): number
  /** The slots of the `limit` nearest visible vectors, best first. */
  near(query: Float64Array, limit: number, visible: Visible): number[]
  renumber(slots: Int32Array): void
  count(): number
  mode(): 'approximate' | 'exact'
  /** Vectors that are still scanned because the graph does not have them yet. */
  waiting(): number
  /** Brings vectors that wait into the graph, a batch at a time; resolves when none waits. */
  settle(pause: () => Promise<void>): Promise<void>
}

/** `graph` null: exact scans only. `exactBelow` is for tests. */
export function nearest(dimensions: number, graph: NeighbourGraph | null, exactBelow = EXACT_BELOW): Nearest {
  const vectors: VectorTable = vectorTable(dimensions)
  /** Row of each slot, −1 without a vector. */
  let rows = new Int32Array(1024).fill(-1)
  const slots: number[] = []
  /** Rows that are not in the graph yet: they are scanned. */
  const waiting = new Set<number>()
  let neighbours: Neighbours | null = null

  function set(slot: number, vector: Float32Array): void {
    remove(slot)
    if (slot >= rows.length) {
      const larger = new Int32Array(slot * 2).fill(-1)
      larger.set(rows)
      rows = larger
    }
    const row = vectors.add(vector)
    rows[slot] = row
    slots[row] = slot
    waiting.add(row)
  }

  const rowOf = (slot: number) => rows[slot] ?? -1

  function remove(slot: number): void {
    const row = rowOf(slot)
    if (row < 0) return
    if (!waiting.delete(row)) neighbours?.remove(row)
    vectors.free(row)
    rows[slot] = -1
    slots[row] = -1
  }

  function near(query: Float64Array, limit: number, visible: Visible): number[] {
    const best = topK(limit)
    const found = neighbours && visible.atMost >= exactBelow ? approximate(neighbours, query, limit, visible) : null
    if (found) {
      for (const row of found) best.offer(slots[row] as number, vectors.dot(row, query))
      for (const row of waiting) {
        const slot = slots[row] as number
        if (visible.sees(slot)) best.offer(slot, vectors.dot(row, query))
      }
    } else {
      visible.each((slot) => {
        const row = rowOf(slot)
        if (row >= 0) best.offer(slot, vectors.dot(row, query))
      })
    }
    return best.entries().map(({ key }) => key)
  }

  /** Visible rows from the graph; null when it cannot give `limit` of them although there may be as many. */
  function approximate(graph: Neighbours, query: Float64Array, limit: number, visible: Visible): number[] | null {
    const total = graph.size()
    const single = Float32Array.from(query)
    const share = Math.max(1, vectors.count() / visible.atMost)
    for (let asked = Math.ceil(limit * share * 1.3); asked <= MOST_ASKED; asked *= 2) {
      const found = graph.near(single, asked).filter((row) => visible.sees(slots[row] ?? -1))
      if (found.length >= Math.min(limit, visible.atMost) || asked >= total) return found
    }
    return null
  }

  async function settle(pause: () => Promise<void>): Promise<void> {
    if (!graph || vectors.count() < exactBelow) return
    neighbours ??= graph(dimensions)
    while (waiting.size > 0) {
      const batch: number[] = []
      for (const row of waiting) {
        batch.push(row)
        if (batch.length === BATCH) break
      }
      neighbours.add(batch, vectors.readAll(batch))
      for (const row of batch) waiting.delete(row)
      await pause()
    }
  }

  return {
    set,
    remove,
    has: (slot) => rowOf(slot) >= 0,
    cosine: (slot, query) => (rowOf(slot) < 0 ? null : vectors.dot(rowOf(slot), query)),
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
  }
}
