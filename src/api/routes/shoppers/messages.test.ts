import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer } from '#domain/answer.ts'
import { agentAnswer, heldAnswer } from '../../../../test/fakes/scripted-agent.ts'
import { type ApiBench, apiBench, readEvents } from '../../../../test/fixtures/api-bench.ts'

let api: ApiBench
let token: string
beforeAll(async () => {
  api = await apiBench()
  token = (await api.shopper()).token
})
afterAll(() => api.close())

const ask = (
  conversation: string,
  text: string,
  clientMessageId: string,
  headers: Record<string, string> = {},
  by = token,
) =>
  api.call('POST', `/v1/conversations/${conversation}/messages`, {
    token: by,
    body: { text, clientMessageId },
    headers,
  })

async function collect(response: Response) {
  const events: { id: string; event: string; data: unknown }[] = []
  for await (const event of readEvents(response)) events.push(event)
  return events
}

describe('an answer as JSON', () => {
  test('is given with its trace id and stands in the transcript', async () => {
    const conversation = await api.conversation(token)
    const response = await ask(conversation, 'How long can I return?', 'one')
    expect(response.status).toBe(200)
    const answer = (await response.json()) as Answer
    expect(answer).toMatchObject({
      conversationId: conversation,
      outcome: 'answered',
      text: 'You asked: How long can I return?',
      handoff: null,
    })
    expect(answer.traceId).toBe(response.headers.get('x-trace-id'))
    const transcript = (await (await api.call('GET', `/v1/conversations/${conversation}`, { token })).json()) as {
      messages: { role: string; state: string; answer: Answer | null }[]
    }
    expect(transcript.messages.map(({ role, state }) => [role, state])).toEqual([
      ['shopper', 'answered'],
      ['assistant', 'sent'],
    ])
    expect(transcript.messages[1]?.answer).toEqual(answer)
  })

  test('is the same one for the same clientMessageId, without asking the agent again', async () => {
    const conversation = await api.conversation(token)
    const first = await (await ask(conversation, 'Do you ship abroad?', 'one')).json()
    const asked = api.agent.asked.length
    expect(await (await ask(conversation, 'Do you ship abroad?', 'one')).json()).toEqual(first)
    expect(api.agent.asked.length).toBe(asked)
  })

  test('is one when the same message arrives eight times at once', async () => {
    const conversation = await api.conversation(token)
    const before = api.agent.asked.length
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        ask(conversation, 'Do you gift wrap?', 'one').then((response) => response.json() as Promise<Answer>),
      ),
    )
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1)
    expect(api.agent.asked.length).toBe(before + 1)
  })

  test('is refused with 409 for the same clientMessageId with another text', async () => {
    const conversation = await api.conversation(token)
    await ask(conversation, 'First text', 'one')
    const response = await ask(conversation, 'Second text', 'one')
    expect(response.status).toBe(409)
    expect(await response.json()).toMatchObject({ code: 'client_message_mismatch', fault: 'user' })
  })

  test('comes in order when two questions are asked at once, the second knowing the first', async () => {
    const conversation = await api.conversation(token)
    const held = heldAnswer()
    api.agent.does(held.script)
    const first = ask(conversation, 'First?', 'one')
    await held.started
    const second = ask(conversation, 'Second?', 'two')
    const transcript = async () => {
      const response = await api.call('GET', `/v1/conversations/${conversation}`, { token })
      return ((await response.json()) as { messages: { text: string }[] }).messages
    }
    // The second is stored while the first is still being answered.
    while ((await transcript()).length < 2);
    held.release()
    await Promise.all([first, second])
    const messages = await transcript()
    expect(messages.map(({ text }) => text).filter((text) => text.startsWith('You asked'))).toEqual([
      'You asked: First?',
      'You asked: Second?',
    ])
    expect(api.agent.asked.at(-1)?.history.map(({ text }) => text)).toContain('You asked: First?')
  })

  test('is a 404 in a conversation of another session', async () => {
    const conversation = await api.conversation(token)
    const stranger = await api.shopper()
    const response = await ask(conversation, 'Hello?', 'one', {}, stranger.token)
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ code: 'api.conversation.unknown' })
  })

  test('becomes a hand-over with reason failure when the agent throws, and the question is kept', async () => {
    const conversation = await api.conversation(token)
    api.agent.does(() => {
      throw new Error('the tool broke')
    })
    const answer = (await (await ask(conversation, 'Where is it?', 'one')).json()) as Answer
    expect(answer).toMatchObject({
      outcome: 'handed_off',
      route: 'person',
      handoff: { reason: 'failure', status: 'waiting' },
    })
    expect(answer.text).not.toContain('broke')
    api.agent.does(() => agentAnswer())
    const { items } = (await (await api.call('GET', '/v1/handoffs', { token: api.keys.admin })).json()) as {
      items: { id: string; packet: { question: string } }[]
    }
    expect(items.find(({ id }) => id === answer.handoff?.id)?.packet.question).toBe('Where is it?')
  })

  test('becomes a hand-over when the agent ignores its deadline', async () => {
    const conversation = await api.conversation(token)
    api.agent.does(() => new Promise(() => {}))
    const answer = (await (await ask(conversation, 'Slow?', 'one')).json()) as Answer
    expect(answer).toMatchObject({ outcome: 'handed_off', handoff: { reason: 'failure' } })
    api.agent.does(() => agentAnswer())
  })

  test('W51 masks card numbers and passwords before anything is stored or answered from', async () => {
    const conversation = await api.conversation(token)
    await ask(conversation, 'My card is 4111 1111 1111 1111 and my password is hunter2', 'one')
    expect(api.agent.asked.at(-1)?.text).toBe('My card is •••• 1111 and my password is ••••')
    const rows = await api.asOwner("select 1 from messages where text like '%4111 1111%' or text like '%hunter2%'")
    expect(rows).toEqual([])
  })
})

describe('an answer as events', () => {
  const stream = { accept: 'text/event-stream' }

  test('says at once what happens, then the checked text, then the answer', async () => {
    const conversation = await api.conversation(token)
    const held = heldAnswer(() => agentAnswer({ text: 'Items can be returned within 30 days. The label is free.' }))
    api.agent.does(held.script)
    const response = await ask(conversation, 'Returns?', 'one', stream)
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    const events: { event: string; data: unknown }[] = []
    for await (const event of readEvents(response)) {
      events.push(event)
      if (event.event === 'progress' && events.length === 2) held.release()
    }
    expect(events.filter(({ event }) => event === 'progress').map(({ data }) => data)).toEqual([
      { stage: 'understanding' },
      { stage: 'searching' },
      { stage: 'checking' },
    ])
    const answer = events.at(-1)?.data as Answer
    expect(events.at(-1)?.event).toBe('answer')
    const deltas = events.filter(({ event }) => event === 'delta').map(({ data }) => (data as { text: string }).text)
    expect(deltas.length).toBe(2)
    expect(deltas.join('')).toBe(answer.text)
  })

  test('says each stage while it is at it: the next begins only once the one before was read', async () => {
    const conversation = await api.conversation(token)
    const stages = ['searching', 'reading', 'checking'] as const
    const read = new Map(['understanding', ...stages].map((stage) => [stage, Promise.withResolvers<void>()]))
    api.agent.does(async (_input, onProgress) => {
      let before = 'understanding'
      for (const stage of stages) {
        await read.get(before)?.promise
        onProgress(stage)
        before = stage
      }
      await read.get(before)?.promise
      return agentAnswer()
    })
    const seen: string[] = []
    for await (const { event, data } of readEvents(await ask(conversation, 'Slow?', 'one', stream))) {
      if (event !== 'progress') continue
      const { stage } = data as { stage: string }
      seen.push(stage)
      read.get(stage)?.resolve()
    }
    expect(seen).toEqual(['understanding', ...stages])
  })

  test('resumes after any event with exactly what is missing', async () => {
    const conversation = await api.conversation(token)
    api.agent.does((_input, onProgress) => {
      onProgress('searching')
      return agentAnswer()
    })
    const whole = await collect(await ask(conversation, 'Returns?', 'one', stream))
    const asked = api.agent.asked.length
    for (const [index, { id }] of whole.entries()) {
      const rest = await collect(await ask(conversation, 'Returns?', 'one', { ...stream, 'last-event-id': id }))
      expect(rest).toEqual(whole.slice(index + 1))
    }
    expect(api.agent.asked.length).toBe(asked)
  })

  test('starts from the beginning on an event id of another message', async () => {
    const conversation = await api.conversation(token)
    const first = await collect(await ask(conversation, 'One?', 'one', stream))
    const second = await collect(
      await ask(conversation, 'Two?', 'two', { ...stream, 'last-event-id': first.at(-1)?.id ?? '' }),
    )
    expect(second.at(0)?.event).toBe('progress')
    expect(second.at(-1)?.event).toBe('answer')
  })

  test('goes on when the client leaves in the middle', async () => {
    const conversation = await api.conversation(token)
    const held = heldAnswer()
    api.agent.does(held.script)
    const response = await ask(conversation, 'Still there?', 'one', stream)
    await held.started
    await response.body?.cancel()
    held.release()
    const answer = (await (await ask(conversation, 'Still there?', 'one')).json()) as Answer
    expect(answer.text).toBe('You asked: Still there?')
  })
})

describe('two processes on one database', () => {
  test('give one answer to a question asked in both', async () => {
    const conversation = await api.conversation(token)
    const second = api.another()
    const held = heldAnswer()
    api.agent.does(held.script)
    const first = ask(conversation, 'Both?', 'one')
    await held.started
    const repeated = second.app.request(`/v1/conversations/${conversation}/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ text: 'Both?', clientMessageId: 'one' }),
    })
    held.release()
    const [one, two] = (await Promise.all(
      [first, repeated].map(async (response) => (await response).json()),
    )) as Answer[]
    expect(two).toEqual(one)
    expect(second.agent.asked).toEqual([])
    second.stop()
    await second.idle()
  })

  test('answer a question whose process died in the middle once its hold has run out', async () => {
    const conversation = await api.conversation(token)
    const dying = api.another()
    dying.agent.does(() => new Promise(() => {}))
    const request = dying.app.request(`/v1/conversations/${conversation}/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ text: 'Lost?', clientMessageId: 'one' }),
    })
    for await (const { event } of readEvents(await request)) if (event === 'progress') break
    await expect.poll(() => dying.agent.asked.length).toBe(1)
    // As a killed process leaves it: held by a holder that will never come back.
    await api.asOwner(`update conversations set answering_by = 'req_dead' where id = '${conversation}'`)
    api.agent.does(() => agentAnswer({ text: 'Found.' }))
    api.clock.move(11_000)
    const answer = (await (await ask(conversation, 'Lost?', 'one')).json()) as Answer
    expect(answer.text).toBe('Found.')
    dying.stop()
    await dying.idle()
    const rows = await api.asOwner(
      `select count(*)::int as answers from messages where conversation = '${conversation}' and role = 'assistant'`,
    )
    expect(rows).toEqual([{ answers: 1 }])
  })
})
