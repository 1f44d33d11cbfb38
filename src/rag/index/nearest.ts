import type { NeighbourGraph, Neighbours } from './neighbours.usearch.ts'
import type { Visible } from './passage-table.ts'
import { topK } from './top-k.ts'
import { type VectorTable, vectorTable } from './vector-table.ts'

/** Below this many visible vectors a scan takes some 2 ms and is exact; above, the graph is worth its error. */
const EXACT_BELOW = 6000
/** More neighbours than this are not asked of the graph at once: the exact scan is as fast by then. */
const MOST_ASKED = 2000
/** Vectors put into the graph between two looks at what else there is to do: about 5 ms. */
const BATCH = 48

/** Vectors of live slots and the nearest of them. */
export type Nearest = {
  set(slot: number, vector: Float32Array): void
  remove(slot: number): void
  has(slot: number): boolean
  cosine(slot: number, query: Float32Array): number | null
  meanCosine(query: Float32Array): number
  /** The slots of the `limit` nearest visible vectors, best first. */
  near(query: Float32Array, limit: number, visible: Visible): number[]
  renumber(slots: Int32Array): void
  count(): number
  mode(): 'approximate' | 'exact'
  /** Brings vectors that wait into the graph, a batch at a time; resolves when none waits. */
  settle(pause: () => Promise<void>): Promise<void>
}

/** `graph` null: exact scans only. `exactBelow` is for tests. */
export function nearest(dimensions: number, graph: NeighbourGraph | null, exactBelow = EXACT_BELOW): Nearest {
  const vectors: VectorTable = vectorTable(dimensions)
  let rows = new Map<number, number>()
  let slots: number[] = []
  /** Rows that are not in the graph yet: they are scanned. */
  const waiting = new Set<number>()
  let neighbours: Neighbours | null = null

  function set(slot: number, vector: Float32Array): void {
    remove(slot)
    const row = vectors.add(vector)
    rows.set(slot, row)
    slots[row] = slot
    waiting.add(row)
  }

  function remove(slot: number): void {
    const row = rows.get(slot)
    if (row === undefined) return
    if (!waiting.delete(row)) neighbours?.remove(row)
    vectors.free(row)
    rows.delete(slot)
    slots[row] = -1
  }

  function near(query: Float32Array, limit: number, visible: Visible): number[] {
    const best = topK(limit)
    const offer = (row: number, slot: number) => best.offer(slot, vectors.dot(row, query))
    const found = neighbours && visible.atMost >= exactBelow ? approximate(query, limit, visible) : null
    if (found) {
      for (const row of found) offer(row, slots[row] ?? -1)
      for (const row of waiting) if (visible.sees(slots[row] ?? -1)) offer(row, slots[row] ?? -1)
    } else {
      for (const slot of visible.slots()) {
        const row = rows.get(slot)
        if (row !== undefined) offer(row, slot)
      }
    }
    return best.entries().map(({ key }) => key)
  }

  /** Visible rows from the graph; null when it cannot give `limit` of them although there may be as many. */
  function approximate(query: Float32Array, limit: number, visible: Visible): number[] | null {
    if (!neighbours) return null
    const total = neighbours.size()
    const share = Math.max(1, rows.size / visible.atMost)
    for (let asked = Math.ceil(limit * share * 1.3); asked <= MOST_ASKED; asked *= 2) {
      const found = neighbours.near(query, asked).filter((row) => visible.sees(slots[row] ?? -1))
      if (found.length >= Math.min(limit, visible.atMost) || asked >= total) return found
    }
    return null
  }

  async function settle(pause: () => Promise<void>): Promise<void> {
    if (!graph || rows.size < exactBelow) return
    neighbours ??= graph(dimensions)
    let done = 0
    for (const row of waiting) {
      neighbours.add(row, vectors.read(row))
      waiting.delete(row)
      done += 1
      if (done % BATCH === 0) await pause()
    }
  }

  return {
    set,
    remove,
    has: (slot) => rows.has(slot),
    cosine: (slot, query) => {
      const row = rows.get(slot)
      return row === undefined ? null : vectors.dot(row, query)
    },
    meanCosine: (query) => vectors.meanDot(query),
    near,
    renumber(numbers) {
      const moved = new Map<number, number>()
      slots = []
      for (const [slot, row] of rows) {
        const next = numbers[slot] ?? -1
        moved.set(next, row)
        slots[row] = next
      }
      rows = moved
    },
    count: () => rows.size,
    mode: () => (neighbours && waiting.size < rows.size / 2 ? 'approximate' : 'exact'),
    settle,
  }
}
