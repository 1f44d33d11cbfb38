import type { z } from '@hono/zod-openapi'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Answer, HandoffNotice } from '#domain/answer.ts'
import { agentAnswer, heldAnswer } from '../../../../test/fakes/scripted-agent.ts'
import { type ApiBench, apiBench, readEvents } from '../../../../test/fixtures/api-bench.ts'
import { FullPacketSchema } from '../../contract/operations/handoff-packet.ts'
import { type HandoffDetailSchema, HandoffSchema } from '../../contract/operations/handoffs.ts'
import { MessageSchema } from '../../contract/shoppers/conversations.ts'

type Detail = z.infer<typeof HandoffDetailSchema>

let api: ApiBench
let grace: string
let alan: string
let viewer: string
let token: string
let conversation: string
let said = 0
beforeAll(async () => {
  api = await apiBench()
  grace = (await api.operator('agent', 'Grace')).token
  alan = (await api.operator('admin', 'Alan')).token
  viewer = (await api.operator('viewer')).token
})
beforeEach(async () => {
  token = (await api.shopper()).token
  conversation = await api.conversation(token)
  api.agent.does(() => agentAnswer())
})
afterAll(() => api.close())

async function ask(text: string): Promise<Answer> {
  const body = { text, clientMessageId: `m${++said}` }
  const response = await api.call('POST', `/v1/conversations/${conversation}/messages`, { token, body })
  return (await response.json()) as Answer
}
async function person(body: object = {}): Promise<HandoffNotice> {
  return (await (
    await api.call('POST', `/v1/conversations/${conversation}/handoff`, { token, body })
  ).json()) as HandoffNotice
}
const act = (id: string, action: string, by = grace, body?: object) =>
  api.call('POST', `/v1/handoffs/${id}/${action}`, { token: by, ...(body ? { body } : {}) })
const get = async (id: string, by = viewer) =>
  (await (await api.call('GET', `/v1/handoffs/${id}`, { token: by })).json()) as Detail
const problem = async (response: Response) => {
  const { code, claimedBy } = (await response.json()) as { code: string; claimedBy?: string }
  return [response.status, code, claimedBy]
}

describe('the desk', () => {
  test('W25 takes, replies and closes what is stored before it is told; the shopper follows it live', async () => {
    const { id } = await person()
    const seen: unknown[] = []
    const stream = await api.call('GET', `/v1/conversations/${conversation}/events`, { token })
    for await (const { event, data } of readEvents(stream)) {
      const { status, person: who, role, author, text } = data as Record<string, unknown>
      seen.push(event === 'message' ? [role, author, text] : [status, who])
      if (seen.length === 1) expect((await act(id, 'claim')).status).toBe(200)
      if (seen.length === 2) await act(id, 'reply', grace, { text: 'It ships tomorrow.', clientMessageId: 'one' })
      if (seen.length === 4) await act(id, 'resolve', grace, { note: 'was quick' })
      if (seen.length === 5) break
    }
    const by = { name: 'Grace' }
    expect(seen).toEqual([
      ['waiting', null],
      ['claimed', by],
      ['person', 'Grace', 'It ships tomorrow.'],
      ['claimed', by],
      ['resolved', by],
    ])
    const { history, messages, status, resolution, claimedBy } = await get(id)
    expect({ status, resolution, claimedBy }).toEqual({
      status: 'resolved',
      resolution: 'resolved',
      claimedBy: 'Grace',
    })
    expect(history.map(({ change, by: who, note }) => [change, who?.name, note])).toEqual([
      ['opened', undefined, null],
      ['claimed', 'Grace', null],
      ['replied', 'Grace', null],
      ['resolved', 'Grace', 'was quick'],
    ])
    expect(messages).toMatchObject([{ role: 'person', author: 'Grace', text: 'It ships tomorrow.' }])
  })

  test('says who has it to whoever comes second, and moves it when they take it over', async () => {
    const { id } = await person()
    const claims = await Promise.all([act(id, 'claim'), act(id, 'claim', alan)])
    expect(claims.map(({ status }) => status).toSorted()).toEqual([200, 409])
    const holder = (await get(id)).claimedBy
    const [first, second] = holder === 'Grace' ? [grace, alan] : [alan, grace]
    expect(await problem(await act(id, 'claim', second))).toEqual([409, 'already_claimed', holder])
    const text = { text: 'Hello', clientMessageId: 'one' }
    expect(await problem(await act(id, 'reply', second, text))).toEqual([409, 'not_claimed', holder])
    expect(await problem(await act(id, 'resolve', second))).toEqual([409, 'already_claimed', holder])
    expect((await act(id, 'claim', second, { takeOver: true })).status).toBe(200)
    expect((await problem(await act(id, 'reply', first, text))).slice(0, 2)).toEqual([409, 'not_claimed'])
    expect((await act(id, 'return', second)).status).toBe(200)
    expect((await problem(await act(id, 'resolve', first))).slice(0, 2)).toEqual([409, 'already_resolved'])
  })

  test('stores a reply once per client id, masked like everything', async () => {
    const { id } = await person()
    await act(id, 'claim')
    const body = { text: 'Not 4111 1111 1111 1111 again', clientMessageId: 'one' }
    const replies = await Promise.all([act(id, 'reply', grace, body), act(id, 'reply', grace, body)])
    const bodies = await Promise.all(replies.map(async (each) => MessageSchema.parse(await each.json())))
    expect(bodies[0]).toEqual(bodies[1])
    expect(bodies[0]?.text).toBe('Not •••• 1111 again')
    expect(await problem(await act(id, 'reply', grace, { ...body, text: 'Other' }))).toEqual([
      ...[409, 'client_message_mismatch', undefined],
    ])
    expect((await get(id)).messages).toHaveLength(1)
  })

  test('is for agents; viewers read, machines need an admin key, and other shops see nothing', async () => {
    const { id } = await person()
    for (const action of ['claim', 'resolve', 'return']) expect((await act(id, action, viewer)).status).toBe(403)
    expect((await act(id, 'claim', api.keys.read)).status).toBe(403)
    expect((await act(id, 'claim', token)).status).toBe(401)
    expect((await act(id, 'claim', api.keys.otherAdmin)).status).toBe(404)
    expect((await api.call('GET', `/v1/handoffs/${id}`, { token: api.keys.otherAdmin })).status).toBe(404)
    expect(HandoffSchema.parse(await (await act(id, 'claim', api.keys.admin)).json()).claimedBy).toBe('admin')
    for (const body of [
      { text: ' ', clientMessageId: 'a' },
      { text: 'a' },
      { text: 'a'.repeat(8001), clientMessageId: 'a' },
    ])
      expect((await act(id, 'reply', api.keys.admin, body)).status).toBe(400)
  })
})

describe('a shopper’s data', () => {
  test('has what the desk noted, and is erased at the desk too, which hears of it', async () => {
    const { id } = await person({ contact: 'secret@shop.example' })
    await act(id, 'claim')
    await act(id, 'reply', grace, { text: 'secret reply', clientMessageId: 'one' })
    await act(id, 'resolve', grace, { note: 'secret note' })
    const shown = (await get(id)).messages[0]?.id
    await api.call('POST', `/v1/conversations/${conversation}/seen`, { token, body: { upTo: shown } })
    const open = await person({ reason: 'secret reason' })
    const data = (await (await api.call('GET', '/v1/me/data', { token })).json()) as { handoffs: { notes: string[] }[] }
    expect(data.handoffs.map(({ notes }) => notes)).toEqual([['secret note'], []])
    const events = readEvents(await api.call('GET', '/v1/live', { token: grace }))
    await events.next()
    await api.call('DELETE', '/v1/me/data', { token })
    expect((await events.next()).value).toMatchObject({ event: 'handoff', data: { id: open.id, status: 'resolved' } })
    for (const table of ['handoffs', 'handoff_history', 'messages', 'reply_mails'])
      expect(await api.asOwner(`select 1 from ${table} as t where t::text like '%secret%'`), table).toEqual([])
    const seen = `select 1 from messages where conversation = '${conversation}' and seen_at is not null`
    expect(await api.asOwner(seen)).toEqual([])
    expect(await api.asOwner(`select 1 from reply_mails where conversation = '${conversation}'`)).toEqual([])
    expect(await get(id)).toMatchObject({ packet: {}, messages: [], contact: null, claimedBy: 'Grace' })
    expect((await problem(await act(open.id, 'claim'))).slice(0, 2)).toEqual([404, 'api.handoff.unknown'])
  })
})

describe('the assistant', () => {
  test('may answer while the shopper waits, and opens no second hand-over', async () => {
    const { id } = await person()
    expect((await ask('While waiting?')).outcome).toBe('answered')
    api.agent.does(() => agentAnswer({ outcome: 'handed_off', route: 'person', handoffReason: 'low_confidence' }))
    expect((await ask('Something hard?')).handoff).toMatchObject({ id, reason: 'requested', status: 'waiting' })
    expect((await get(id)).packet).toMatchObject({ question: 'Something hard?', reason: 'low_confidence' })
    expect(await api.asOwner(`select id from handoffs where conversation = '${conversation}'`)).toEqual([{ id }])
  })

  test('W27 is silent while a person has it, also with the answer it was just making', async () => {
    const { id } = await person()
    const held = heldAnswer()
    api.agent.does(held.script)
    const asking = ask('In a moment?')
    await held.started
    await act(id, 'claim')
    held.release()
    expect(await asking).toMatchObject({ outcome: 'handed_off', text: '', handoff: { id, status: 'claimed' } })
    const asked = api.agent.asked.length
    expect(await ask('Anyone?')).toMatchObject({ outcome: 'handed_off', text: '' })
    expect(api.agent.asked.length).toBe(asked)
    expect((await get(id)).messages.map(({ role, state }) => [role, state])).toEqual([
      ['shopper', 'silent'],
      ['shopper', 'silent'],
    ])
  })

  test('answers again after a return: first what was left without a reply, and it knows what was said', async () => {
    const { id } = await person()
    await act(id, 'claim')
    await act(id, 'reply', grace, { text: 'Wool by hand, please.', clientMessageId: 'one' })
    await ask('And silk?')
    const stream = await api.call('GET', `/v1/conversations/${conversation}/events`, { token })
    const { lastEventId } = (await (await api.call('GET', `/v1/conversations/${conversation}`, { token })).json()) as {
      lastEventId: string
    }
    expect((await act(id, 'return', grace, { note: 'easy' })).status).toBe(200)
    for await (const { id: event, data } of readEvents(stream))
      if (Number(event) > Number(lastEventId) && (data as { role?: string }).role === 'assistant') break
    expect(api.agent.asked.at(-1)).toMatchObject({
      text: 'And silk?',
      history: [{ role: 'person', text: 'Wool by hand, please.' }],
    })
    expect(await ask('Thanks')).toMatchObject({ outcome: 'answered', handoff: null })
  })

  test('W28 begins a new topic after a hand-over was resolved, without its state', async () => {
    const { id } = await person({ contact: 'ada@shop.example' })
    await act(id, 'claim')
    await act(id, 'reply', grace, { text: 'Done.', clientMessageId: 'one' })
    await act(id, 'resolve')
    expect(await ask('Something else?')).toMatchObject({ outcome: 'answered', handoff: null })
    expect(api.agent.asked.at(-1)).toMatchObject({ history: [], memory: {} })
    const again = await person()
    expect(again).toMatchObject({ status: 'waiting', person: null, contact: null, resolution: null })
    expect(again.id).not.toBe(id)
  })
})

describe('the wait', () => {
  const put = async (support: object) => {
    const found = await api.call('GET', '/v1/shop', { token: api.keys.admin })
    const shop = (await found.json()) as { support: object }
    const body = { ...shop, support: { ...shop.support, ...support } }
    const headers = { 'if-match': found.headers.get('etag') ?? '' }
    const response = await api.call('PUT', '/v1/shop', { token: api.keys.admin, body, headers })
    expect([response.status, await response.clone().text()]).toEqual([200, expect.any(String)])
  }

  test('W26 says while the shop is closed when it opens next, and takes an address for the reply', async () => {
    // The clock of these tests begins on Wednesday, 4 March 2026, at 10:00 UTC.
    await put({
      timeZone: 'Europe/Berlin',
      days: { fri: ['09:00', '17:00'] },
      replyWithinMinutes: 120,
      queue: 'closed',
    })
    const told = await person()
    expect(told).toMatchObject({
      expectedReplyBy: '2026-03-06T10:00:00.000Z',
      wait: { ahead: 0, open: false, opensAt: '2026-03-06T08:00:00.000Z' },
    })
    expect(await person({ contact: 'ada@shop.example' })).toMatchObject({ id: told.id, contact: 'ada@shop.example' })
  })

  test('W26 goes by the present queue, and is told anew when it moves', async () => {
    await put({ timeZone: 'UTC', days: { wed: ['00:00', '24:00'] }, replyWithinMinutes: 5, queue: 'short' })
    const first = await person()
    const [other, own] = [await api.shopper(), await api.shopper()]
    await api.call('POST', `/v1/conversations/${await api.conversation(other.token)}/handoff`, { ...other, body: {} })
    token = own.token
    conversation = await api.conversation(token)
    const told = await person()
    expect(told.wait).toEqual({ ahead: 2, open: true, opensAt: null })
    const minutes = (notice: HandoffNotice) =>
      Math.round((Date.parse(notice.expectedReplyBy ?? '') - api.clock.now().getTime()) / 60_000)
    expect(minutes(told)).toBe(30)
    const stream = await api.call('GET', `/v1/conversations/${conversation}/events`, { token })
    await act(first.id, 'claim')
    const { support } = (await api.shops.get(api.shop, api.signal)) ?? {}
    if (support) await api.timers.retell(api.shop, support, api.clock.now(), api.signal)
    const heard: HandoffNotice[] = []
    for await (const { data } of readEvents(stream)) if (heard.push(data as HandoffNotice) === 2) break
    expect(heard.at(-1)).toMatchObject({ status: 'waiting', wait: { ahead: 1 } })
    expect(minutes(heard.at(-1) as HandoffNotice)).toBe(20)
  })
})

describe('the packet', () => {
  const card = {
    ...{ orderId: 'A-1001', status: 'shipped', statusText: 'On its way', items: [], carrier: null, tracking: null },
    ...{ lastEvent: null, expectedBy: null, nextExpected: null, cases: [], asOf: '2026-03-04T10:00:00.000Z' },
  } as never

  test('W29 of a wish for a person is complete: nothing has to be asked twice', async () => {
    const citation = {
      ...{ documentId: 'policies/returns', chunkId: 'chk_1', title: 'Returns', url: null, quote: 'Within 30 days.' },
      ...{ updatedAt: '2026-01-01', language: 'en', state: 'current' },
    } as never
    const passages = [{ documentId: 'guides/wool', title: 'Wool', url: 'https://shop.example/wool', score: 0.7 }]
    api.agent.does((_input, onProgress) => {
      onProgress('searching')
      return agentAnswer({ orders: [card], citations: [citation], trace: { passages, suggestedReply: null } })
    })
    await ask('Where is it, and can I return it?')
    const { id } = await person({ reason: 'It is still not here', contact: 'ada@shop.example' })
    const { packet, messages } = await get(id)
    expect(FullPacketSchema.parse(packet)).toEqual({
      question: 'It is still not here',
      transcript: messages.map(({ role, text, at }) => ({ role, text, at })),
      identity: { customerId: null, name: null, email: null, contact: 'ada@shop.example' },
      locale: null,
      orders: [card],
      provenOrders: [],
      retrieved: [
        { documentId: 'guides/wool', title: 'Wool', url: 'https://shop.example/wool', quote: null, score: 0.7 },
        { documentId: 'policies/returns', title: 'Returns', url: null, quote: 'Within 30 days.', score: null },
      ],
      tried: ['understanding', 'searching'],
      reason: 'requested',
      summary:
        'The shopper asked for a person. It is about: “It is still not here”. The assistant last answered: “Items can be returned within 30 days. The label is free.”.',
      suggestedReply: null,
    })
  })

  test('of a run that could not answer has all fields too, with orders shown before', async () => {
    api.agent.does(() => agentAnswer({ orders: [card] }))
    await ask('Where is it?')
    api.agent.does(() =>
      agentAnswer({
        ...{ outcome: 'handed_off', route: 'person', handoffReason: 'conflict' },
        ...{
          summary: 'Two pages disagree.',
          suggestedReply: 'Our page says 30 days.',
          trace: { passages: [{ bad: 1 }] },
        },
      }),
    )
    const { handoff } = await ask('30 or 14 days?')
    const packet = FullPacketSchema.parse((await get(handoff?.id ?? '')).packet)
    expect(packet).toMatchObject({
      ...{ question: '30 or 14 days?', reason: 'conflict', summary: 'Two pages disagree.' },
      ...{ suggestedReply: 'Our page says 30 days.', orders: [{ orderId: 'A-1001' }], retrieved: [] },
    })
    expect(packet.transcript.map(({ role }) => role)).toEqual(['shopper', 'assistant', 'shopper'])
  })

  test('of somebody who asks nothing first has all fields too', async () => {
    const { id } = await person()
    expect(FullPacketSchema.parse((await get(id)).packet)).toMatchObject({ question: null, transcript: [] })
  })

  test('of a run that failed says so', async () => {
    api.agent.does(() => Promise.reject(new Error('a bug')))
    const { handoff } = await ask('Hello?')
    const packet = FullPacketSchema.parse((await get(handoff?.id ?? '')).packet)
    expect(packet.summary).toContain('failed')
  })
})
