import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer } from '#domain/answer.ts'
import type { ConversationId } from '#domain/ids.ts'
import { agentAnswer, heldAnswer } from '../../../../test/fakes/scripted-agent.ts'
import { type ApiBench, apiBench, readEvents } from '../../../../test/fixtures/api-bench.ts'

let api: ApiBench
let shopper: { token: string; sessionId: string }
beforeAll(async () => {
  api = await apiBench()
  shopper = await api.shopper()
})
afterAll(() => api.close())

type Asker = Pick<ApiBench['app'], 'request'>
const post = (path: string, body?: object, { by = shopper.token, at = api.app as Asker, accept = '' } = {}) =>
  at.request(path, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${by}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(accept ? { accept } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
const ask = (conversation: string, text: string, options: { at?: Asker; accept?: string } = {}) =>
  post(`/v1/conversations/${conversation}/messages`, { text, clientMessageId: text }, options)
const stop = (conversation: string, text: string, options: { at?: Asker; by?: string } = {}) =>
  post(`/v1/conversations/${conversation}/messages/${encodeURIComponent(text)}/cancel`, undefined, options)

type Line = { role: string; state: string; text: string; answer: Answer | null }
async function transcript(conversation: string) {
  const response = await api.call('GET', `/v1/conversations/${conversation}`, { token: shopper.token })
  return (await response.json()) as { messages: Line[]; handoff: unknown }
}
const answersOf = (conversation: string) =>
  api.asOwner(
    `select count(*)::int as answers from messages where conversation = '${conversation}' and role = 'assistant'`,
  )

describe('a stopped question', () => {
  test('ends the stream of the asker with an answer that says stopped, and the agent’s work', async () => {
    const conversation = await api.conversation(shopper.token)
    const ended = Promise.withResolvers<void>()
    api.agent.does((_input, onProgress, signal) => {
      onProgress('searching')
      signal.addEventListener('abort', () => ended.resolve())
      return new Promise(() => {})
    })
    const events: { event: string; data: unknown }[] = []
    for await (const event of readEvents(await ask(conversation, 'Slow?', { accept: 'text/event-stream' }))) {
      events.push(event)
      if (events.length < 2) continue
      if (events.length === 2) expect(await (await stop(conversation, 'Slow?')).json()).toEqual({ outcome: 'stopped' })
    }
    await ended.promise
    expect(events.map(({ event }) => event)).toEqual(['progress', 'progress', 'answer'])
    expect(events.at(-1)?.data).toMatchObject({ stopped: true, text: '', handoff: null, citations: [] })
    const { messages, handoff } = await transcript(conversation)
    expect(messages.map(({ role, state }) => [role, state])).toEqual([
      ['shopper', 'stopped'],
      ['assistant', 'stopped'],
    ])
    expect(messages[1]?.answer).toEqual(events.at(-1)?.data)
    expect(handoff).toBeNull()
  })

  test('stays stopped when it is stopped or asked again, and another question is answered as ever', async () => {
    const conversation = await api.conversation(shopper.token)
    api.agent.does(() => agentAnswer({ memory: { question: 'tents' } }))
    await ask(conversation, 'Tents?')
    const held = heldAnswer(() => agentAnswer({ memory: { question: 'stopped' } }))
    api.agent.does(held.script)
    const first = ask(conversation, 'Wait?')
    await held.started
    await stop(conversation, 'Wait?')
    const answer = (await (await first).json()) as Answer
    expect(answer.stopped).toBe(true)
    expect(await (await stop(conversation, 'Wait?')).json()).toEqual({ outcome: 'stopped' })
    const asked = api.agent.asked.length
    expect(await (await ask(conversation, 'Wait?')).json()).toEqual(answer)
    expect(api.agent.asked.length).toBe(asked)
    held.release()
    api.agent.does(() => agentAnswer({ text: 'Yes.' }))
    expect(await (await ask(conversation, 'Next?')).json()).toMatchObject({ text: 'Yes.', stopped: false })
    expect(api.agent.asked.at(-1)).toMatchObject({ memory: { question: 'tents' } })
    expect(api.agent.asked.at(-1)?.history.map(({ role, text }) => [role, text])).toEqual([
      ['shopper', 'Tents?'],
      ['assistant', agentAnswer().text],
      ['shopper', 'Wait?'],
    ])
    expect(await answersOf(conversation)).toEqual([{ answers: 3 }])
  })

  test('that waits behind another one is never begun', async () => {
    const conversation = await api.conversation(shopper.token)
    const held = heldAnswer()
    api.agent.does(held.script)
    const first = ask(conversation, 'First?')
    await held.started
    const second = ask(conversation, 'Second?')
    while ((await transcript(conversation)).messages.length < 2);
    await stop(conversation, 'Second?')
    expect(await (await second).json()).toMatchObject({ stopped: true })
    held.release()
    expect(await (await first).json()).toMatchObject({ text: 'You asked: First?' })
    expect(api.agent.asked.map(({ text }) => text)).not.toContain('Second?')
  })

  test('is stopped through another process than the one at work', async () => {
    const conversation = await api.conversation(shopper.token)
    const second = api.another()
    const begun = Promise.withResolvers<void>()
    const ended = Promise.withResolvers<void>()
    api.agent.does((_input, _onProgress, signal) => {
      signal.addEventListener('abort', () => ended.resolve())
      begun.resolve()
      return new Promise(() => {})
    })
    const asked = ask(conversation, 'There?')
    await begun.promise
    expect(await (await stop(conversation, 'There?', { at: second.app })).json()).toEqual({ outcome: 'stopped' })
    await ended.promise
    expect(await (await asked).json()).toMatchObject({ stopped: true })
    second.stop()
    await second.idle()
  })
})

describe('stopping', () => {
  test('comes too late for an answer that is stored', async () => {
    const conversation = await api.conversation(shopper.token)
    api.agent.does(() => agentAnswer({ text: 'Done.' }))
    await ask(conversation, 'Quick?')
    expect(await (await stop(conversation, 'Quick?')).json()).toEqual({ outcome: 'too_late' })
    expect((await transcript(conversation)).messages[1]).toMatchObject({ state: 'sent', text: 'Done.' })
  })

  test('is a 404 for somebody else, for another conversation and for a message never sent', async () => {
    const [conversation, other] = [await api.conversation(shopper.token), await api.conversation(shopper.token)]
    const held = heldAnswer()
    api.agent.does(held.script)
    const asked = ask(conversation, 'Mine?')
    await held.started
    const stranger = await api.shopper()
    const refused = await stop(conversation, 'Mine?', { by: stranger.token })
    expect([refused.status, await refused.json()]).toMatchObject([404, { code: 'api.message.unknown' }])
    expect((await stop(other, 'Mine?')).status).toBe(404)
    expect((await stop(conversation, 'Never sent')).status).toBe(404)
    held.release()
    expect(await (await asked).json()).toMatchObject({ stopped: false })
  })

  test('and answering at the same moment give one of both, never two', async () => {
    const { questions, conversations, ids, clock, signal, shop } = api
    const owner = { shop, session: shopper.sessionId as never, customer: null }
    const at = clock.now()
    const { handoffReason, summary, suggestedReply, memory, trace, ...answer } = agentAnswer()
    const race = async (): Promise<string[]> => {
      const id: ConversationId = await conversations.create(
        owner,
        { id: ids.make('cnv'), creationKey: null, at },
        signal,
      )
      const question = ids.make('msg')
      const asked = { id: question, clientMessageId: 'one', text: 'Both?', traceId: 'trc_1', at }
      await questions.accept(owner, id, asked, signal)
      const made = { ...answer, id: ids.make('msg'), latencyMs: 1, traceId: 'trc_1' }
      const [settled, stopped] = await Promise.all([
        questions.settle(
          shop,
          id,
          { question, answer: made, stages: [], memory: {}, trace: {}, handoff: null, at },
          signal,
        ),
        questions.stop(owner, id, 'one', { answer: { ...made, id: ids.make('msg'), stopped: true }, at }, signal),
      ])
      expect(await answersOf(id)).toEqual([{ answers: 1 }])
      return [settled.outcome, stopped.outcome]
    }
    const outcomes = await Promise.all(Array.from({ length: 12 }, race))
    for (const pair of outcomes)
      expect([
        ['stored', 'too_late'],
        ['not_needed', 'stopped'],
      ]).toContainEqual(pair)
  })

  test('survives the end of the process at work: the next start answers nothing', async () => {
    const conversation = await api.conversation(shopper.token)
    const dying = api.another()
    dying.agent.does(() => new Promise(() => {}))
    const asked = ask(conversation, 'Lost?', { at: dying.app, accept: 'text/event-stream' })
    for await (const { event } of readEvents(await asked)) if (event === 'progress') break
    await expect.poll(() => dying.agent.asked.length).toBe(1)
    dying.stop()
    await dying.idle()
    expect(await (await stop(conversation, 'Lost?')).json()).toEqual({ outcome: 'stopped' })
    api.clock.move(11_000)
    expect(await api.leftWork.waiting(api.shop, api.clock.now(), api.signal)).toEqual([])
    expect(await (await ask(conversation, 'Lost?')).json()).toMatchObject({ stopped: true })
  })
})

test('what is kept of a stopped question goes with the shopper’s data', async () => {
  const other = await api.shopper()
  const conversation = await api.conversation(other.token)
  const held = heldAnswer()
  api.agent.does(held.script)
  const asked = post(
    `/v1/conversations/${conversation}/messages`,
    { text: 'Secret?', clientMessageId: 'one' },
    { by: other.token },
  )
  await held.started
  await stop(conversation, 'one', { by: other.token })
  await asked
  await api.call('DELETE', '/v1/me/data', { token: other.token })
  expect(await api.asOwner(`select distinct state, text from messages where conversation = '${conversation}'`)).toEqual(
    [{ state: 'erased', text: '' }],
  )
  held.release()
})
