import { expect, test } from 'vitest'
import type { ChunkFeed } from '#db/knowledge/chunk-feed.port.ts'
import type { NotificationChannel, Notifications } from '#db/notifications.port.ts'
import { shopId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { memoryChunkFeed } from '../../test/fakes/memory-chunk-feed.ts'
import { chunkOf } from '../../test/fixtures/chunk-builder.ts'
import { silentLog } from '../../test/fixtures/silent-log.ts'
import { knowledgeIndex } from './knowledge-index.ts'

const { signal } = new AbortController()
const shop = shopId('one')

/** Knocks on demand. */
function doorbell() {
  const listeners = new Map<NotificationChannel, Set<(payload: string | null) => void>>()
  const notifications: Notifications = {
    listen(channel, onKnock) {
      const known = listeners.get(channel) ?? new Set()
      listeners.set(channel, known.add(onKnock))
      return () => known.delete(onKnock)
    },
    async close() {},
  }
  const knock = (channel: NotificationChannel, payload: string | null) => {
    for (const listener of listeners.get(channel) ?? []) listener(payload)
  }
  return { notifications, knock, listening: (channel: NotificationChannel) => listeners.get(channel)?.size ?? 0 }
}

/** Sleeps end when the test says. */
function patientClock() {
  const sleeping: (() => void)[] = []
  const noon = new Date('2026-01-01T12:00:00Z')
  const clock: Clock = {
    now: () => noon,
    elapsed: () => 0,
    sleep: (_ms, signal) =>
      new Promise((resolve, reject) => {
        sleeping.push(resolve)
        signal.addEventListener('abort', () => reject(signal.reason), { once: true })
      }),
    deadline: (_ms, signal) => signal,
  }
  return { clock, wake: () => sleeping.splice(0).forEach((end) => void end()), asleep: () => sleeping.length }
}

async function opened(change: (feed: ChunkFeed) => ChunkFeed = (feed) => feed) {
  const memory = memoryChunkFeed()
  const bell = doorbell()
  const time = patientClock()
  memory.put(shop, [chunkOf('first')])
  const index = await knowledgeIndex({
    feed: change(memory.feed),
    vectors: memory.vectors,
    notifications: bell.notifications,
    model: 'm',
    clock: time.clock,
    log: silentLog,
  })
  return { memory, bell, time, index }
}

/** Lets what was started by a knock go on until `met`; a test that waits in vain ends by its own limit. */
async function until(met: () => boolean): Promise<void> {
  while (!met()) await new Promise<void>((resolve) => setImmediate(resolve))
}

test('builds every shop at start', async () => {
  const { memory, index } = await opened()
  memory.put(shopId('two'), [chunkOf('a'), chunkOf('b')])
  await index.start(signal)
  expect(index.state(shop)).toMatchObject({ chunks: 1, epoch: 1 })
  expect(index.state(shopId('two'))).toMatchObject({ chunks: 2, epoch: 1 })
  await index.close(signal)
})

test('follows a knock', async () => {
  const { memory, bell, index } = await opened()
  await index.start(signal)
  const epoch = memory.put(shop, [chunkOf('second')])
  bell.knock('knowledge', shop)
  await until(() => index.state(shop).epoch === epoch)
  expect(index.state(shop).chunks).toBe(2)
  await index.close(signal)
})

test('reads everything again after a reconnection, also shops that came meanwhile', async () => {
  const { memory, bell, index } = await opened()
  await index.start(signal)
  memory.remove(shop, ['chk_first'])
  memory.put(shopId('late'), [chunkOf('late')])
  bell.knock('knowledge', null)
  await until(() => index.state(shop).chunks === 0 && index.state(shopId('late')).chunks === 1)
  await index.close(signal)
})

test('misses nothing that is committed while it builds', async () => {
  const { memory, bell, index } = await opened((feed) => ({
    ...feed,
    async load(shop, model, signal) {
      const loaded = await feed.load(shop, model, signal)
      memory.put(shop, [chunkOf('meanwhile')])
      bell.knock('knowledge', shop)
      return loaded
    },
  }))
  await index.start(signal)
  await until(() => index.state(shop).chunks === 2)
  await index.close(signal)
})

test('brings vectors in when they arrive, without a new epoch', async () => {
  const { memory, bell, index } = await opened()
  await index.start(signal)
  expect(index.state(shop)).toMatchObject({ vectors: 0, dense: 'off' })
  memory.setVector(chunkOf('first').contentHash, Float32Array.of(1, 0))
  bell.knock('vectors', shop)
  await until(() => index.state(shop).vectors === 1)
  expect(index.state(shop)).toMatchObject({ epoch: 1, dense: 'exact' })
  await index.close(signal)
})

test('has caught up with everything committed before the call', async () => {
  const { memory, index } = await opened()
  await index.start(signal)
  const epochs = await Promise.all(
    ['a', 'b', 'c'].map(async (name) => {
      const epoch = memory.put(shop, [chunkOf(name)])
      await index.caughtUp(shop, signal)
      return { epoch, reached: index.state(shop).epoch }
    }),
  )
  for (const { epoch, reached } of epochs) expect(reached).toBeGreaterThanOrEqual(epoch)
  await index.close(signal)
})

test('tries again after a failure, and says nothing was missed only when it was read', async () => {
  let failing = true
  const { memory, bell, time, index } = await opened((feed) => ({
    ...feed,
    since: (...asked) => (failing ? Promise.reject(new Error('no connection')) : feed.since(...asked)),
  }))
  await index.start(signal)
  memory.put(shop, [chunkOf('second')])
  await expect(index.caughtUp(shop, signal)).rejects.toThrow('no connection')
  bell.knock('knowledge', shop)
  await until(() => time.asleep() === 1)
  failing = false
  time.wake()
  await until(() => index.state(shop).chunks === 2)
  await index.close(signal)
})

test('ends a wait with the caller’s reason, not the work', async () => {
  const gate = Promise.withResolvers<void>()
  let begun = false
  const { memory, index } = await opened((feed) => ({
    ...feed,
    async since(...asked) {
      begun = true
      await gate.promise
      return await feed.since(...asked)
    },
  }))
  await index.start(signal)
  memory.put(shop, [chunkOf('second')])
  const abort = new AbortController()
  const waiting = index.caughtUp(shop, abort.signal)
  await until(() => begun)
  abort.abort(new Error('the caller left'))
  await expect(waiting).rejects.toThrow('the caller left')
  gate.resolve()
  await until(() => index.state(shop).chunks === 2)
  await index.close(signal)
})

test('stops building when the start is given up', async () => {
  const abort = new AbortController()
  let taken = 0
  const { index } = await opened((feed) => ({
    ...feed,
    async load() {
      async function* batches() {
        for (;;) {
          taken += 1
          if (taken === 3) abort.abort(new Error('stopped while starting'))
          yield [{ ...chunkOf(String(taken)), vector: null }]
        }
      }
      return { epoch: 1, batches: batches() }
    },
  }))
  await expect(index.start(abort.signal)).rejects.toThrow('stopped while starting')
  expect(taken).toBe(3)
  await index.close(signal)
})

test('listens to nobody after close', async () => {
  const { bell, index } = await opened()
  await index.start(signal)
  await index.close(signal)
  expect([bell.listening('knowledge'), bell.listening('vectors')]).toEqual([0, 0])
})
