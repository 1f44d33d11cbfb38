import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { agentAnswer, heldAnswer } from '../../test/fakes/scripted-agent.ts'
import { type ApiBench, apiBench, ORIGIN } from '../../test/fixtures/api-bench.ts'
import { type AskEvent, type PurserClient, purserClient, type ShopperClient } from './client.ts'

let api: ApiBench
let client: PurserClient
let shopper: ShopperClient
let conversation: string
let ids = 0
const { signal } = new AbortController()

/** The API without a network; `origin` is what a browser would add. */
const apiFetch: typeof fetch = async (input, init) => {
  const { pathname, search } = new URL(String(input))
  return api.app.request(pathname + search, { ...init, headers: { ...init?.headers, origin: ORIGIN } })
}
beforeAll(async () => {
  api = await apiBench()
  client = purserClient({ baseUrl: ORIGIN, publicKey: api.keys.publicKey, fetch: apiFetch })
})
beforeEach(async () => {
  api.agent.does(() => agentAnswer())
  const session = await client.openSession({ locale: 'en' }, signal)
  if (session.outcome !== 'ok') throw new Error(session.outcome)
  shopper = client.shopper(session.value.token)
  const opened = await shopper.openConversation('one', signal)
  if (opened.outcome !== 'ok') throw new Error(opened.outcome)
  conversation = opened.value.id
})
afterAll(() => api.close())

async function collect(events: AsyncIterable<AskEvent>): Promise<AskEvent[]> {
  const all: AskEvent[] = []
  for await (const event of events) all.push(event)
  return all
}
const ask = (text = 'Returns?') => shopper.ask(conversation, { text, clientMessageId: `m${++ids}` }, signal)
const texts = (events: AskEvent[]) => events.map((event) => (event.event === 'delta' ? event.text : '')).join('')

describe('the client on the real API', () => {
  test('gives progress, the text in pieces and the answer', async () => {
    const events = await collect(ask())
    const last = events.at(-1)
    expect(events[0]).toMatchObject({ event: 'progress', stage: 'understanding' })
    expect(last?.event === 'answer' && last.answer.text).toBe(texts(events))
  })

  test('opens one conversation for a key, however often it is asked for', async () => {
    expect(await shopper.openConversation('one', signal)).toEqual({ outcome: 'ok', value: { id: conversation } })
  })

  test('reads the transcript and follows from where it ends', async () => {
    await collect(ask())
    const transcript = await shopper.transcript(conversation, signal)
    if (transcript.outcome !== 'ok') throw new Error(transcript.outcome)
    expect(transcript.value.messages.map(({ role }) => role)).toEqual(['shopper', 'assistant'])
    await shopper.askForPerson(conversation, { reason: 'please' }, signal)
    const end = new AbortController()
    for await (const event of shopper.follow(conversation, transcript.value.lastEventId, end.signal)) {
      if (event.event === 'connected') continue
      expect(event).toMatchObject({ event: 'handoff', notice: { status: 'waiting' } })
      end.abort()
    }
  })

  test('stops an answer, and says when it is too late for that', async () => {
    const held = heldAnswer()
    api.agent.does(held.script)
    const asking = collect(ask('Long?'))
    await held.started
    expect(await shopper.cancel(conversation, `m${ids}`, signal)).toMatchObject({ value: { outcome: 'stopped' } })
    held.release()
    expect((await asking).at(-1)).toMatchObject({ event: 'answer', answer: { stopped: true } })
    api.agent.does(() => agentAnswer())
    await collect(ask())
    expect(await shopper.cancel(conversation, `m${ids}`, signal)).toMatchObject({ value: { outcome: 'too_late' } })
  })

  test('rates an answer, and exports and erases what is kept', async () => {
    const answer = (await collect(ask())).at(-1)
    const id = answer?.event === 'answer' ? answer.answer.id : ''
    expect(await shopper.rate(id, { helpful: false, reason: 'wrong' }, signal)).toMatchObject({
      outcome: 'ok',
      value: { helpful: false, reason: 'wrong' },
    })
    expect(await shopper.myData(signal)).toMatchObject({
      outcome: 'ok',
      value: { conversations: [{ id: conversation }] },
    })
    expect(await shopper.eraseMyData(signal)).toMatchObject({ outcome: 'ok', value: { conversations: 1, messages: 2 } })
  })

  test('unlocks an order with the code that was sent', async () => {
    const started = await shopper.startProof({ orderNumber: 'A-1001', email: 'ada@shop.example' }, signal)
    if (started.outcome !== 'ok') throw new Error(started.outcome)
    expect(await shopper.finishProof(started.value.id, '000000', signal)).toMatchObject({
      outcome: 'problem',
      status: 403,
      code: 'api.challenge.refused',
      fault: 'user',
    })
    await api.idle()
    const code = /\b\d{6}\b/.exec(api.sent.at(-1)?.text ?? '')?.[0] ?? ''
    expect(await shopper.finishProof(started.value.id, code, signal)).toMatchObject({ value: { orderId: 'A-1001' } })
  })

  test('says what was refused, by its code', async () => {
    expect(await client.shopper('nobody').transcript(conversation, signal)).toMatchObject({
      outcome: 'problem',
      status: 401,
    })
    expect(await shopper.transcript('cnv_none', signal)).toMatchObject({
      code: 'api.conversation.unknown',
      status: 404,
    })
    const { app } = api
    const stranger = purserClient({
      baseUrl: ORIGIN,
      publicKey: 'pk_one',
      fetch: async (path, init) => app.request(new URL(String(path)).pathname, init),
    })
    expect(await stranger.openSession({}, signal)).toMatchObject({ code: 'api.origin.missing', status: 403 })
  })
})
