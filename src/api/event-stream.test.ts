import { expect, test } from 'vitest'
import { movableClock } from '../../test/fakes/movable-clock.ts'
import { eventStream, type StreamEvent } from './event-stream.ts'

/** Two events at once, then none until the reader or the server goes. */
async function* twoThenSilence(signal: AbortSignal): AsyncGenerator<StreamEvent> {
  yield { id: '1', event: 'first', data: {} }
  yield { id: '2', event: 'second', data: {} }
  await new Promise((done) => signal.addEventListener('abort', done, { once: true }))
}

const settings = { heartbeatMs: 5, clock: movableClock(), onFault: () => ({}) }

test('ends with the heartbeat after the caller is allowed no longer', async () => {
  let asked = 0
  const response = eventStream(twoThenSilence, { ...settings, stillAllowed: async () => ++asked < 3 })
  const text = await response.text()
  expect(text).toContain('event: second')
  expect(text.match(/still here/g)).toHaveLength(2)
})

test('goes on while nobody can be asked', async () => {
  let asked = 0
  const stillAllowed = async () => {
    asked += 1
    if (asked < 3) throw new Error('the database is away')
    return false
  }
  const text = await eventStream(twoThenSilence, { ...settings, stillAllowed }).text()
  expect(text.match(/still here/g)).toHaveLength(2)
})

test('ends when the server stops', async () => {
  const lifetime = new AbortController()
  const response = eventStream(twoThenSilence, settings, lifetime.signal)
  lifetime.abort()
  expect(await response.text()).not.toContain('still here')
})

test('holds events back from a reader who does not read, and lets go of them when the reader goes', async () => {
  let made = 0
  let ended = false
  async function* many(): AsyncGenerator<StreamEvent> {
    try {
      while (made < 1_000) yield { id: String(++made), event: 'one', data: {} }
    } finally {
      ended = true
    }
  }
  const reader = eventStream(many, settings).body?.getReader()
  await reader?.read()
  await new Promise(setImmediate)
  expect(made).toBeLessThan(5)
  for (let read = 0; read < 20; read += 1) await reader?.read()
  expect(made).toBeGreaterThan(15)
  await reader?.cancel()
  await new Promise(setImmediate)
  expect([ended, made < 30]).toEqual([true, true])
})
