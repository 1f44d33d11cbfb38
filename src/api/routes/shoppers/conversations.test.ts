import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Answer } from '#domain/answer.ts'
import type { HandoffId } from '#domain/ids.ts'
import { agentAnswer, heldAnswer } from '../../../../test/fakes/scripted-agent.ts'
import { type ApiBench, apiBench, readEvents } from '../../../../test/fixtures/api-bench.ts'
import { GRACE } from '../../../../test/fixtures/handoff-builder.ts'

let api: ApiBench
let token: string
let conversation: string
beforeAll(async () => {
  api = await apiBench()
})
beforeEach(async () => {
  token = (await api.shopper()).token
  conversation = await api.conversation(token)
  api.agent.does(() => agentAnswer())
})
afterAll(() => api.close())

let messages = 0
async function ask(text: string): Promise<Answer> {
  const body = { text, clientMessageId: `m${++messages}` }
  return (await (
    await api.call('POST', `/v1/conversations/${conversation}/messages`, { token, body })
  ).json()) as Answer
}
const person = async (body: object = {}) =>
  (await (await api.call('POST', `/v1/conversations/${conversation}/handoff`, { token, body })).json()) as {
    id: HandoffId
    reason: string
    status: string
    expectedReplyBy: string
  }

const resolve = async (id: HandoffId) => {
  await api.handoffs.claim(api.shop, id, GRACE, { takeOver: true, at: api.clock.now() }, api.signal)
  const at = api.clock.now()
  return api.handoffs.close(
    api.shop,
    id,
    GRACE,
    { resolution: 'resolved', note: null, answerSince: at, at },
    api.signal,
  )
}

describe('a hand-over', () => {
  test('is granted without argument, with the time a reply is expected', async () => {
    const handoff = await person()
    expect(handoff).toMatchObject({ reason: 'requested', status: 'waiting' })
    expect(new Date(handoff.expectedReplyBy).getTime()).toBeGreaterThan(api.clock.now().getTime())
  })

  test('is one while it is open, and a new one after it was resolved', async () => {
    const first = await person()
    expect((await person()).id).toBe(first.id)
    await resolve(first.id)
    expect((await person()).id).not.toBe(first.id)
  })

  test('gives the person question, transcript, identity and what was tried', async () => {
    api.agent.does((_input, onProgress) => {
      onProgress('searching')
      return agentAnswer({
        outcome: 'handed_off',
        route: 'person',
        handoffReason: 'low_confidence',
        summary: 'Asks about wool.',
        suggestedReply: 'Wool can be washed.',
      })
    })
    const answer = await ask('Can I wash it?')
    expect(answer.handoff).toMatchObject({ reason: 'low_confidence', status: 'waiting' })
    const { items } = (await (await api.call('GET', '/v1/handoffs?limit=200', { token: api.keys.admin })).json()) as {
      items: { id: string; dueAt: string; queue: string; packet: object }[]
    }
    expect(items.find(({ id }) => id === answer.handoff?.id)).toMatchObject({
      conversationId: conversation,
      queue: 'support',
      packet: {
        question: 'Can I wash it?',
        transcript: [{ role: 'shopper', text: 'Can I wash it?' }],
        identity: { customerId: null },
        tried: ['understanding', 'searching'],
        summary: 'Asks about wool.',
        suggestedReply: 'Wool can be washed.',
      },
    })
  })

  test('silences the assistant from being claimed until it is resolved', async () => {
    const { id } = await person()
    expect((await ask('Before?')).outcome).toBe('answered')
    await api.handoffs.claim(api.shop, id, GRACE, { takeOver: false, at: api.clock.now() }, api.signal)
    const asked = api.agent.asked.length
    expect(await ask('Anyone?')).toMatchObject({
      outcome: 'handed_off',
      route: 'person',
      text: '',
      handoff: { id, status: 'claimed' },
    })
    expect(api.agent.asked.length).toBe(asked)
    await resolve(id)
    expect((await ask('And now?')).outcome).toBe('answered')
  })

  test('that is resolved leaves the assistant without memory of the old topic', async () => {
    api.agent.does(() => agentAnswer({ memory: { topic: 'wool' } }))
    await ask('Wool?')
    const { id } = await person()
    await resolve(id)
    await ask('Something else')
    expect(api.agent.asked.at(-1)?.memory).toEqual({})
  })

  test('is listed by due time in pages, for admins of the shop alone', async () => {
    const list = async (query: string, key = api.keys.admin) =>
      (await (await api.call('GET', `/v1/handoffs${query}`, { token: key })).json()) as {
        items: { id: string; dueAt: string; status: string }[]
        nextCursor: string | null
      }
    await person()
    const all = await list('?status=waiting&limit=200')
    expect(all.items.map(({ dueAt }) => dueAt)).toEqual(all.items.map(({ dueAt }) => dueAt).toSorted())
    const walked: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page = await list(`?status=waiting&limit=1${cursor ? `&cursor=${cursor}` : ''}`)
      walked.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    }
    expect(walked).toEqual(all.items.map(({ id }) => id))
    expect((await list('', api.keys.otherAdmin)).items).toEqual([])
    expect((await api.call('GET', '/v1/handoffs', { token: api.keys.read })).status).toBe(403)
    for (const cursor of [
      'nonsense',
      '0 2020-01-01T00:00:00Z a\0b',
      '0 infinity hnd_1',
      '0 2020-99-99T00:00:00Z hnd_1',
    ]) {
      const path = `/v1/handoffs?cursor=${Buffer.from(cursor).toString('base64url')}`
      expect((await api.call('GET', path, { token: api.keys.admin })).status).toBe(400)
    }
  })
})

describe('feedback', () => {
  const rate = (id: string, body: object, by = token) =>
    api.call('POST', `/v1/messages/${id}/feedback`, { token: by, body })

  test('can be changed, and stands in the transcript', async () => {
    const answer = await ask('Returns?')
    expect((await rate(answer.id, { helpful: false, reason: 'wrong', comment: 'my pin: 4711' })).status).toBe(200)
    expect((await rate(answer.id, { helpful: true })).status).toBe(200)
    const { messages: said } = (await (
      await api.call('GET', `/v1/conversations/${conversation}`, { token })
    ).json()) as { messages: { feedback: object | null }[] }
    expect(said[1]?.feedback).toMatchObject({ helpful: true, reason: null, comment: null })
  })

  test('is refused for a message of another session and for the shopper’s own', async () => {
    const answer = await ask('Returns?')
    const stranger = (await api.shopper()).token
    expect((await rate(answer.id, { helpful: true }, stranger)).status).toBe(404)
    const rows = await api.asOwner(
      `select id from messages where conversation = '${conversation}' and role = 'shopper'`,
    )
    expect((await rate(String(rows[0]?.id), { helpful: true })).status).toBe(404)
  })
})

describe('following a conversation', () => {
  const follow = (headers: Record<string, string> = {}, by = token) =>
    api.call('GET', `/v1/conversations/${conversation}/events`, { token: by, headers })

  test('tells what happened before and what happens now, numbered without gaps', async () => {
    await ask('First?')
    const seen: [string, string][] = []
    for await (const { id, event, data } of readEvents(await follow())) {
      seen.push([id, event === 'message' ? (data as { role: string }).role : event])
      if (seen.length === 2) await person()
      if (seen.length === 3) break
    }
    expect(seen).toEqual([
      ['1', 'shopper'],
      ['2', 'assistant'],
      ['3', 'handoff'],
    ])
  })

  test('resumes behind Last-Event-ID, also behind the one of the transcript', async () => {
    await ask('First?')
    const { lastEventId } = (await (await api.call('GET', `/v1/conversations/${conversation}`, { token })).json()) as {
      lastEventId: string
    }
    const stream = await follow({ 'last-event-id': lastEventId })
    await person()
    for await (const { id, event } of readEvents(stream)) {
      expect([id, event]).toEqual(['3', 'handoff'])
      break
    }
  })

  test('hears of what another process does', async () => {
    const stream = await follow()
    const second = api.another()
    await second.app.request(`/v1/conversations/${conversation}/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ text: 'Elsewhere?', clientMessageId: 'else' }),
    })
    const roles: string[] = []
    for await (const { data } of readEvents(stream)) {
      roles.push((data as { role: string }).role)
      if (roles.length === 2) break
    }
    expect(roles).toEqual(['shopper', 'assistant'])
    second.stop()
    await second.idle()
  })

  test('sends comments while nothing happens', async () => {
    const reader = (await follow()).body?.pipeThrough(new TextDecoderStream()).getReader()
    expect((await reader?.read())?.value).toBe(': still here\n\n')
    await reader?.cancel()
  })

  test('ends with the session', async () => {
    const stream = await follow()
    api.clock.move(24 * 3_600_000)
    expect(await stream.text()).toMatch(/^(: still here\n\n)*$/)
    expect((await follow()).status).toBe(401)
  })

  test('is a 404 for another session', async () => {
    const response = await follow({}, (await api.shopper()).token)
    expect(response.status).toBe(404)
  })
})

describe('a shopper’s data', () => {
  test('is exported whole', async () => {
    await ask('Returns?')
    await person({ contact: 'ada@shop.example' })
    const data = (await (await api.call('GET', '/v1/me/data', { token })).json()) as {
      conversations: { id: string; messages: object[] }[]
      handoffs: { contact: string }[]
    }
    expect(data.conversations.map(({ id }) => id)).toEqual([conversation])
    expect(data.conversations[0]?.messages.length).toBe(2)
    expect(data.handoffs.map(({ contact }) => contact)).toEqual(['ada@shop.example'])
  })

  test('is gone from every table once erased, while the counts stay', async () => {
    api.agent.does(({ text }) =>
      agentAnswer({
        text: `About ${text}`,
        memory: { said: text },
        trace: { said: text },
        outcome: 'handed_off',
        handoffReason: 'requested',
        summary: text,
      }),
    )
    const answer = await ask('unforgettable-secret')
    await api.call('POST', `/v1/messages/${answer.id}/feedback`, {
      token,
      body: { helpful: false, comment: 'unforgettable-secret' },
      headers: { 'idempotency-key': 'erase-me' },
    })
    await person({ reason: 'unforgettable-secret', contact: 'unforgettable-secret@shop.example' })
    const response = await api.call('DELETE', '/v1/me/data', { token })
    expect(await response.json()).toMatchObject({ conversations: 1, messages: 2, handoffs: 1, feedback: 1 })
    for (const table of [
      'messages',
      'conversations',
      'handoffs',
      'feedback',
      'conversation_events',
      'sessions',
      'identity_challenges',
    ])
      expect(
        await api.asOwner(`select 1 from ${table} as t where t::text like '%unforgettable-secret%'`),
        table,
      ).toEqual([])
    expect((await api.call('GET', `/v1/conversations/${conversation}`, { token })).status).toBe(404)
    expect(
      await api.asOwner(
        `select count(*)::int as n from messages where conversation = '${conversation}' and state = 'erased'`,
      ),
    ).toEqual([{ n: 2 }])
  })

  test('stays erased when an answer was being made meanwhile', async () => {
    const held = heldAnswer()
    api.agent.does(held.script)
    const asking = api.call('POST', `/v1/conversations/${conversation}/messages`, {
      token,
      body: { text: 'unforgettable', clientMessageId: 'one' },
    })
    await held.started
    await api.call('DELETE', '/v1/me/data', { token })
    held.release()
    expect((await asking).status).toBe(410)
    expect(await api.asOwner(`select text, state from messages where conversation = '${conversation}'`)).toEqual([
      { text: '', state: 'erased' },
    ])
  })
})
