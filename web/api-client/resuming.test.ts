import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Answer } from '#domain/answer.ts'
import type { MessageId } from '#domain/ids.ts'
import { systemClock } from '#telemetry/clock.ts'
import { eventStream } from '../../src/api/event-stream.ts'
import { answerEvents, progressEvents, readUpTo } from '../../src/support/answering/answer-events.ts'
import { faultyFetch, type Mishap } from '../../test/fakes/faulty-fetch.ts'
import { manualClock } from '../../test/fakes/manual-clock.ts'
import { agentAnswer } from '../../test/fakes/scripted-agent.ts'
import { type AskEvent, type FollowEvent, purserClient } from './client.ts'

const QUESTION = 'msg_q' as MessageId
const ANSWER = {
  ...agentAnswer({ text: 'Thirty days. Für Schuhe gilt das auch! Das Etikett ist kostenlos.' }),
  id: 'msg_a',
} as unknown as Answer
const { signal } = new AbortController()

/** The server's own events of one answer, resumed as it resumes them. */
const answering: typeof fetch = async (_input, init) => {
  const read = readUpTo(QUESTION, new Headers(init?.headers).get('last-event-id'))
  const events = [
    ...progressEvents(QUESTION, ['understanding', 'searching', 'checking'], read.progress),
    ...answerEvents(QUESTION, ANSWER, read),
  ]
  return streamed(events)
}

/** A conversation's events, numbered from 1, that stay open after the last. */
const following: typeof fetch = async (_input, init) => {
  const after = Number(new Headers(init?.headers).get('last-event-id') ?? 0)
  const events = ['one', 'two', 'three', 'four'].map((text, index) => ({
    id: String(index + 1),
    event: 'message',
    data: { id: `msg_${index + 1}`, text },
  }))
  return streamed(events.slice(after), init?.signal ?? undefined)
}

function streamed(events: { id: string; event: string; data: unknown }[], open?: AbortSignal): Response {
  const end = new AbortController()
  async function* all() {
    yield* events
    if (open) await new Promise((resolve) => open.addEventListener('abort', resolve))
    end.abort()
  }
  return eventStream(all, { heartbeatMs: 60_000, clock: systemClock(), onFault: String }, end.signal)
}

function askWith(plan: (nth: number) => Mishap) {
  const net = faultyFetch(answering, (_request, nth) => plan(nth))
  const clock = manualClock(undefined, 5_000)
  const client = purserClient({ baseUrl: 'http://shop', publicKey: 'pk', fetch: net.fetch, clock })
  return { net, events: client.shopper('token').ask('cnv', { text: 'Returns?', clientMessageId: 'one' }, signal) }
}

async function collect<Event>(events: AsyncIterable<Event>): Promise<Event[]> {
  const all: Event[] = []
  for await (const event of events) all.push(event)
  return all
}
const uncut = (events: AskEvent[]) => events.filter(({ event }) => event !== 'cut')
const undisturbed = await collect(askWith(() => ({ do: 'pass' })).events)
const bytes = new Uint8Array(await (await answering('http://shop', {})).arrayBuffer()).length

describe('an answer', () => {
  test('comes whole and each event once when the stream is cut behind any byte', async () => {
    expect(undisturbed.map(({ event }) => event)).toEqual([
      ...['progress', 'progress', 'progress', 'delta', 'delta', 'delta', 'answer'],
    ])
    for (let after = 0; after < bytes; after += 1) {
      const how = after % 2 === 0 ? 'cut' : 'end'
      const { events } = askWith((nth) => (nth === 1 ? { do: how, after } : { do: 'pass' }))
      expect(uncut(await collect(events)), `${how} behind ${after} bytes`).toEqual(undisturbed)
    }
  })

  test('comes whole after any sequence of cuts, repetitions and refusals that ends', async () => {
    const mishap = fc.oneof(
      fc.record({ do: fc.constantFrom('cut' as const, 'end' as const), after: fc.nat(bytes) }),
      fc.constantFrom<Mishap>(
        { do: 'refuse' },
        { do: 'twice' },
        { do: 'answer', status: 503 },
        { do: 'answer', status: 200, body: '<html>' },
      ),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(mishap, { maxLength: 4 }), async (mishaps) => {
        const { events } = askWith((nth) => mishaps[nth - 1] ?? { do: 'pass' })
        expect(uncut(await collect(events))).toEqual(undisturbed)
      }),
      { numRuns: 200 },
    )
  })

  test('is asked for again with the same id and the last event seen', async () => {
    const { net, events } = askWith((nth) => (nth === 1 ? { do: 'cut', after: 150 } : { do: 'pass' }))
    await collect(events)
    expect(net.seen.map(({ body }) => body)).toEqual([net.seen[0]?.body, net.seen[0]?.body])
    expect(net.seen.map(({ headers }) => headers.get('last-event-id'))).toEqual([null, 'msg_q.p2'])
  })
})

describe('what does not pass', () => {
  const last = async (plan: (nth: number) => Mishap) => (await collect(askWith(plan).events)).at(-1)
  const problem = (status: number, fault: string, headers = {}) => ({
    do: 'answer' as const,
    status,
    headers,
    body: JSON.stringify({ code: `test.${status}`, fault, detail: 'no', traceId: 'trc_1', status }),
  })

  test.each([
    ['network', (): Mishap => ({ do: 'refuse' })],
    [
      'malformed',
      (): Mishap => ({ do: 'answer', status: 200, body: '<html>', headers: { 'content-type': 'text/html' } }),
    ],
    ['malformed', (): Mishap => stream('id: msg_q.d1\nevent: delta\ndata: {"te\n\n')],
    ['malformed', (): Mishap => stream('id: msg_q.a1\nevent: answer\ndata: {"id":"msg_a"}\n\n')],
    ['malformed', (): Mishap => stream('<html>not events</html>\n')],
    ['network', (): Mishap => stream('')],
  ])('ends as %s', async (outcome, plan) => {
    expect(await last(plan)).toEqual({ event: 'failed', failure: { outcome } })
  })

  test('is told by the server’s problem, at once where trying again makes no sense', async () => {
    const refused = askWith(() => problem(500, 'fatal'))
    expect(await collect(refused.events)).toMatchObject([
      { event: 'failed', failure: { outcome: 'problem', status: 500, fault: 'fatal', traceId: 'trc_1' } },
    ])
    expect(refused.net.seen.length).toBe(1)
    expect(await last(() => problem(429, 'user', { 'retry-after': '7' }))).toMatchObject({ failure: { retryAfter: 7 } })
    expect(
      await last(() => stream('event: error\ndata: {"status":410,"code":"gone","fault":"user"}\n\n')),
    ).toMatchObject({
      failure: { outcome: 'problem', status: 410, code: 'gone' },
    })
  })

  test('reads a proxy’s refusal as something that may pass', async () => {
    expect(await last(() => ({ do: 'answer', status: 502, body: '<html>' }))).toMatchObject({
      failure: { code: 'http.502', fault: 'retryable' },
    })
  })

  test.each(['hang', 'stall'] as const)(
    'ends as timeout within 10 s when the server falls silent (%s)',
    async (how) => {
      const net = faultyFetch(answering, (_request, nth) =>
        how === 'hang' || nth > 1 ? { do: 'hang' } : { do: 'stall', after: 100 },
      )
      const clock = manualClock()
      const { ask } = purserClient({ baseUrl: 'http://shop', publicKey: 'pk', fetch: net.fetch, clock }).shopper(
        'token',
      )
      const all = collect(ask('cnv', { text: 'Returns?', clientMessageId: 'one' }, signal))
      await clock.advance(10_000)
      expect((await all).at(-1)).toEqual({ event: 'failed', failure: { outcome: 'timeout' } })
    },
  )

  test('ends as aborted, with nothing left waiting', async () => {
    const clock = manualClock()
    const net = faultyFetch(answering, () => ({ do: 'hang' }))
    const end = new AbortController()
    const client = purserClient({ baseUrl: 'http://shop', publicKey: 'pk', fetch: net.fetch, clock })
    const all = collect(client.shopper('token').ask('cnv', { text: 'Returns?', clientMessageId: 'one' }, end.signal))
    const reading = client.shopper('token').transcript('cnv', end.signal)
    end.abort()
    expect(await all).toEqual([{ event: 'failed', failure: { outcome: 'aborted' } }])
    expect(await reading).toEqual({ outcome: 'aborted' })
    expect(clock.waiting()).toEqual([])
  })
})

describe('following', () => {
  test('gives each event once over any cuts and repetitions', async () => {
    const mishap = fc.oneof(
      fc.record({ do: fc.constantFrom('cut' as const, 'end' as const), after: fc.nat(250) }),
      fc.constantFrom<Mishap>({ do: 'refuse' }, { do: 'answer', status: 429 }, { do: 'twice' }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(mishap, { maxLength: 6 }), async (mishaps) => {
        const net = faultyFetch(following, (_request, nth) => mishaps[nth - 1] ?? { do: 'pass' })
        const client = purserClient({
          baseUrl: 'http://shop',
          publicKey: 'pk',
          fetch: net.fetch,
          clock: manualClock(undefined, 60_000),
        })
        const end = new AbortController()
        const seen: string[] = []
        for await (const event of client.shopper('token').follow('cnv', '', end.signal)) {
          if (event.event === 'message') seen.push(event.message.text)
          if (seen.length === 4) end.abort()
        }
        expect(seen).toEqual(['one', 'two', 'three', 'four'])
      }),
      { numRuns: 100 },
    )
  })

  test('ends where it is not allowed', async () => {
    const net = faultyFetch(following, () => ({ do: 'answer', status: 404 }))
    const client = purserClient({ baseUrl: 'http://shop', publicKey: 'pk', fetch: net.fetch, clock: manualClock() })
    const events: FollowEvent[] = await collect(client.shopper('token').follow('cnv', '', signal))
    expect(events).toMatchObject([{ event: 'failed', failure: { status: 404 } }])
  })
})

function stream(body: string): Mishap {
  return { do: 'answer', status: 200, body, headers: { 'content-type': 'text/event-stream' } }
}
