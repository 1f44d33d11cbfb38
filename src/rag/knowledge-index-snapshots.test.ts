import { expect, test } from 'vitest'
import { shopId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { silentLog } from '../../test/fixtures/silent-log.ts'
import type { FollowedShop } from './knowledge-index-shop.ts'
import { snapshotKeeper } from './knowledge-index-snapshots.ts'

const shop = shopId('one')
const MINUTE = 60_000

/** A shop of so many passages, and a keeper whose looks the test takes. */
function bench(chunks: number, save: () => Promise<'saved' | 'overtaken'> = async () => 'saved') {
  const state = { changes: 0, waiting: 0, time: 0, saves: 0 }
  const followed = {
    unsaved: 0,
    index: { size: () => ({ chunks, vectors: 0, waiting: state.waiting, dense: 'off' }) },
    snapshot: () => ({ index: { changes: () => state.changes } }),
  } as unknown as FollowedShop
  let wake = () => {}
  const clock: Clock = {
    now: () => new Date(0),
    elapsed: () => state.time,
    sleep: (_ms, signal) =>
      new Promise((resolve, reject) => {
        wake = resolve
        signal.addEventListener('abort', () => reject(signal.reason), { once: true })
      }),
    deadline: (_ms, signal) => signal,
  }
  const snapshots = {
    restore: async () => null,
    async save() {
      state.saves += 1
      return await save()
    },
  }
  const keeper = snapshotKeeper(new Map([[shop, followed]]), { snapshots, model: null, clock, log: silentLog })
  const stop = new AbortController()
  const running = keeper.run(stop.signal)
  return {
    state,
    followed,
    keeper,
    change(count: number) {
      followed.unsaved += count
      state.changes += 1
    },
    async look() {
      wake()
      for (let turn = 0; turn < 3; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve))
      return state.saves
    },
    async end() {
      stop.abort(new Error('over'))
      await running
    },
  }
}

test('saves once changes have calmed down, and not again without another', async () => {
  const { change, look, followed, end } = bench(100)
  change(1)
  expect(await look()).toBe(0)
  change(1)
  expect(await look()).toBe(0)
  expect(await look()).toBe(1)
  expect(followed.unsaved).toBe(0)
  expect(await look()).toBe(1)
  await end()
})

test('waits for vectors on their way into the graph', async () => {
  const { change, look, state, end } = bench(100)
  change(1)
  state.waiting = 5
  await look()
  expect(await look()).toBe(0)
  state.waiting = 0
  expect(await look()).toBe(1)
  await end()
})

test('saves little changes of a large shop after a quarter of an hour, many at once', async () => {
  const { change, look, state, end } = bench(50_000)
  change(10)
  await look()
  expect(await look()).toBe(0)
  state.time += 15 * MINUTE
  expect(await look()).toBe(1)
  change(1000)
  await look()
  expect(await look()).toBe(2)
  await end()
})

test('keeps what is unsaved in mind when a change overtook the save, or it failed', async () => {
  const outcomes = [
    async () => 'overtaken' as const,
    () => Promise.reject(new Error('disk full')),
    async () => 'saved' as const,
  ]
  const { change, look, followed, state, end } = bench(100, () => (outcomes.shift() as (typeof outcomes)[number])())
  change(3)
  await look()
  expect([await look(), followed.unsaved]).toEqual([1, 3])
  expect([await look(), followed.unsaved]).toEqual([2, 3])
  expect(await look()).toBe(2)
  state.time += MINUTE
  expect([await look(), followed.unsaved]).toEqual([3, 0])
  await end()
})

test('saves at the stop what is unsaved, and nothing when nothing is', async () => {
  const { signal } = new AbortController()
  const { change, keeper, state, end } = bench(50_000)
  await end()
  await keeper.atStop(signal)
  expect(state.saves).toBe(0)
  change(1)
  await keeper.atStop(signal)
  expect(state.saves).toBe(1)
})
