import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { silentLog } from '../../../../test/fixtures/silent-log.ts'
import { type Nearest, nearest } from './nearest.ts'
import { type NeighbourGraph, usearchGraph } from './neighbours.usearch.ts'

const DIMENSIONS = 16
const direct = async () => {}
const { signal } = new AbortController()

/** Seeded, so that the graph's rare misses cannot fail a run by chance. */
function vectors(count: number): Float32Array[] {
  let state = 1
  const next = () => {
    state = (state * 1103515245 + 12345) % 2 ** 31
    return state / 2 ** 31 - 0.5
  }
  return Array.from({ length: count }, () => unit(Float32Array.from({ length: DIMENSIONS }, next)))
}
function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector)
  return vector.map((value) => value / length)
}
const all = (count: number, sees: (slot: number) => boolean = () => true) => ({
  sees,
  each: (visit: (slot: number) => void) => {
    for (let slot = 0; slot < count; slot += 1) if (sees(slot)) visit(slot)
  },
  atMost: Array.from({ length: count }, (_, slot) => slot).filter(sees).length,
})
const wide = (vector: Float32Array | undefined) => Float64Array.from(vector ?? [])

test('keeps cosines to the second decimal', () => {
  const component = fc.float({ min: -1, max: 1, noNaN: true })
  const vector = fc
    .array(component, { minLength: DIMENSIONS, maxLength: DIMENSIONS })
    .filter((values) => Math.hypot(...values) > 0.1)
  fc.assert(
    fc.property(vector, vector, (one, two) => {
      const [left, right] = [unit(Float32Array.from(one)), unit(Float32Array.from(two))]
      const dense = nearest(DIMENSIONS, { graph: null })
      dense.set(0, left)
      const cosine = left.reduce((sum, value, place) => sum + value * (right[place] ?? 0), 0)
      expect(Math.abs((dense.cosine(0, wide(right)) ?? 9) - cosine)).toBeLessThan(0.01)
    }),
  )
})

test('gives the mean vector’s cosine, also after removals', () => {
  const [one, two, three] = vectors(3) as [Float32Array, Float32Array, Float32Array]
  const dense = nearest(DIMENSIONS, { graph: null })
  for (const [slot, vector] of [one, two, three].entries()) dense.set(slot, vector)
  dense.remove(1)
  const mean = one.map((value, place) => (value + (three[place] ?? 0)) / 2)
  expect(dense.meanCosine(wide(one))).toBeCloseTo(
    mean.reduce((sum, value, place) => sum + value * (one[place] ?? 0), 0),
    2,
  )
})

describe('with a graph', () => {
  let graph: NeighbourGraph | null
  beforeAll(async () => {
    graph = await usearchGraph(silentLog)
  })
  const count = 1500

  async function both(manyWaiting = 5000): Promise<{ approximate: Nearest; exact: Nearest; given: Float32Array[] }> {
    const given = vectors(count)
    const approximate = nearest(DIMENSIONS, { graph, exactBelow: 100, manyWaiting })
    const exact = nearest(DIMENSIONS, { graph: null })
    for (const [slot, vector] of given.entries()) for (const dense of [approximate, exact]) dense.set(slot, vector)
    await approximate.settle(direct, signal)
    return { approximate, exact, given }
  }
  /** Share of the exact ten that the graph finds too, over many questions. */
  function agreement(
    approximate: Nearest,
    exact: Nearest,
    questions: Float32Array[],
    sees?: (slot: number) => boolean,
  ): number {
    const shares = questions.map((question) => {
      const wanted = exact.near(wide(question), 10, all(count, sees))
      const found = new Set(approximate.near(wide(question), 10, all(count, sees)))
      return wanted.filter((slot) => found.has(slot)).length / wanted.length
    })
    return shares.reduce((sum, share) => sum + share, 0) / shares.length
  }

  test('usearch is there: without it the next tests would compare the scan with itself', () => {
    expect(graph).not.toBeNull()
  })

  test('the graph and the scan agree', async () => {
    const { approximate, exact, given } = await both()
    expect(approximate.mode()).toBe('approximate')
    expect(agreement(approximate, exact, given.slice(0, 50))).toBeGreaterThan(0.98)
  })

  test('a graph built in a thread agrees too, also about what changed meanwhile', async () => {
    const given = vectors(count + 50)
    const approximate = nearest(DIMENSIONS, { graph, exactBelow: 100, manyWaiting: 1000 })
    const exact = nearest(DIMENSIONS, { graph: null })
    for (const dense of [approximate, exact])
      for (const [slot, vector] of given.slice(0, count).entries()) dense.set(slot, vector)
    const settled = approximate.settle(direct, signal)
    for (const dense of [approximate, exact]) {
      for (let slot = 0; slot < 50; slot += 1) dense.set(slot, given[count + slot] as Float32Array)
      for (let slot = 50; slot < 100; slot += 1) dense.remove(slot)
    }
    expect(agreement(approximate, exact, given.slice(0, 50))).toBeGreaterThan(0.98)
    await settled
    expect([approximate.waiting(), approximate.mode()]).toEqual([0, 'approximate'])
    expect(agreement(approximate, exact, given.slice(count))).toBeGreaterThan(0.98)
    expect(agreement(approximate, exact, given.slice(0, 150))).toBeGreaterThan(0.98)
  })

  test('a graph that is being built does not hold up a stop', async () => {
    const many = 60_000
    const [one] = vectors(1) as [Float32Array]
    const dense = nearest(DIMENSIONS, { graph, exactBelow: 100, manyWaiting: 1000 })
    for (let slot = 0; slot < many; slot += 1)
      dense.set(
        slot,
        one.map((value) => value + slot / many),
      )
    const stop = new AbortController()
    const settled = dense.settle(direct, stop.signal)
    await new Promise<void>((resolve) => setImmediate(resolve))
    stop.abort(new Error('the index was closed'))
    await expect(settled).rejects.toThrow('the index was closed')
    expect(dense.waiting()).toBe(many)
  })

  test('they agree under a filter that leaves a tenth', async () => {
    const { approximate, exact, given } = await both()
    expect(agreement(approximate, exact, given.slice(0, 50), (slot) => slot % 10 === 3)).toBeGreaterThan(0.98)
  })

  test('finds vectors that are not in the graph yet, and no removed ones', async () => {
    const { approximate, exact, given } = await both()
    const [late] = vectors(1) as [Float32Array]
    approximate.set(7, late)
    exact.set(7, late)
    for (let slot = 100; slot < 200; slot += 1) for (const dense of [approximate, exact]) dense.remove(slot)
    expect(approximate.near(wide(late), 2, all(count))[0]).toBe(0)
    expect(approximate.near(wide(late), 2, all(count))).toContain(7)
    expect(approximate.near(wide(given[150]), 10, all(count)).filter((slot) => slot >= 100 && slot < 200)).toEqual([])
    await approximate.settle(direct, signal)
    expect(agreement(approximate, exact, given.slice(0, 50))).toBeGreaterThan(0.98)
  })

  test('keeps finding after slots are renumbered', async () => {
    const { approximate, given } = await both()
    const numbers = Int32Array.from({ length: count }, (_, slot) => (slot % 2 === 0 ? slot / 2 : -1))
    for (let slot = 1; slot < count; slot += 2) approximate.remove(slot)
    approximate.renumber(numbers)
    expect(approximate.near(wide(given[40]), 1, all(count / 2))).toEqual([20])
    expect(approximate.count()).toBe(count / 2)
  })
})
