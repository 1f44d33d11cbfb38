import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ApiBench, apiBench, ORIGIN, readEvents } from '../fixtures/api-bench.ts'

let api: ApiBench
beforeEach(async () => {
  api = await apiBench()
})
afterEach(() => api.close())

/** The console's stream as a browser opens it: a GET with the cookie, without an Origin. */
const live = (cookie: string) => api.call('GET', '/v1/live', { headers: { cookie, accept: 'text/event-stream' } })

/** Reads what is left; resolves when the stream ends. */
async function drain(events: AsyncGenerator<unknown>) {
  for await (const _ of events);
  return 'ended'
}

test('the console follows the desk by its cookie alone', async () => {
  const { cookie } = await api.operator('viewer')
  const response = await live(cookie)
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  const events = readEvents(response)
  expect((await events.next()).value).toMatchObject({ event: 'ready' })
  await events.return(undefined)
  expect((await live('purser_console=ot_made-up')).status).toBe(401)
})

/** The stream's text until it was alive that many more times. */
async function heartbeats(body: ReadableStream<Uint8Array>, many: number) {
  const reader = body.pipeThrough(new TextDecoderStream() as never).getReader()
  for (let seen = 0; seen < many; ) {
    const { done, value } = await reader.read()
    if (done) return 'ended'
    seen += String(value).split('still here').length - 1
  }
  await reader.cancel()
  return 'goes on'
}

test('an open stream ends when the operator signs out or is removed, and others go on', async () => {
  const [out, removed, stays] = [await api.operator('agent'), await api.operator('agent'), await api.operator('agent')]
  const other = await live(stays.cookie)
  const streams = await Promise.all([out, removed].map(async ({ cookie }) => readEvents(await live(cookie))))
  await Promise.all(streams.map((events) => events.next()))
  await api.call('DELETE', '/v1/operator-sessions/current', { headers: { cookie: out.cookie, origin: ORIGIN } })
  await api.call('DELETE', `/v1/operators/${removed.id}`, { token: api.keys.admin })
  expect(await Promise.all(streams.map(drain))).toEqual(['ended', 'ended'])
  expect(await heartbeats(other.body as ReadableStream<Uint8Array>, 50)).toBe('goes on')
})
