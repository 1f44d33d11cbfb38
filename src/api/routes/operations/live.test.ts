import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ApiBench, apiBench, readEvents } from '../../../../test/fixtures/api-bench.ts'

let api: ApiBench
let agent: string
beforeAll(async () => {
  api = await apiBench()
  agent = (await api.operator('agent', 'Grace')).token
})
afterAll(() => api.close())

const live = (token = agent) => api.call('GET', '/v1/live', { token })

test('the desk hears at once what happens to hand-overs and in their conversations, and nothing of others', async () => {
  const { token } = await api.shopper()
  const [conversation, quiet] = [await api.conversation(token), await api.conversation(token)]
  const say = (id: string, text: string) =>
    api.call('POST', `/v1/conversations/${id}/messages`, { token, body: { text, clientMessageId: text } })
  const heard: unknown[] = []
  let handoff = ''
  for await (const { event, data } of readEvents(await live())) {
    heard.push([event, data])
    if (heard.length === 1) {
      await say(quiet, 'Not for you')
      const response = await api.call('POST', `/v1/conversations/${conversation}/handoff`, { token, body: {} })
      handoff = ((await response.json()) as { id: string }).id
    }
    if (heard.length === 2) await say(conversation, 'Hello?')
    if (heard.length === 4) await api.call('POST', `/v1/handoffs/${handoff}/claim`, { token: agent })
    if (heard.length === 5) break
  }
  const of = { conversationId: conversation }
  expect(heard).toEqual([
    ['ready', {}],
    ['handoff', { id: handoff, ...of, status: 'waiting' }],
    ['message', { handoffId: handoff, ...of, role: 'shopper' }],
    ['message', { handoffId: handoff, ...of, role: 'assistant' }],
    ['handoff', { id: handoff, ...of, status: 'claimed' }],
  ])
})

test('the desk hears nothing of another shop', async () => {
  const { token } = await api.shopper()
  const reader = readEvents(await live(api.keys.otherAdmin))
  expect((await reader.next()).value?.event).toBe('ready')
  const next = reader.next()
  await api.call('POST', `/v1/conversations/${await api.conversation(token)}/handoff`, { token, body: {} })
  const own = readEvents(await live())
  await own.next()
  await api.call('POST', `/v1/conversations/${await api.conversation(token)}/handoff`, { token, body: {} })
  // By the time our own desk has heard of it, the other would have.
  expect((await own.next()).value?.event).toBe('handoff')
  expect(await Promise.race([next, Promise.resolve('nothing')])).toBe('nothing')
})

test('a lost connection to the database is told as ready: read everything anew', async () => {
  const reader = readEvents(await live())
  expect((await reader.next()).value?.event).toBe('ready')
  await api.asOwner(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query like 'listen%'`)
  expect((await reader.next()).value).toMatchObject({ event: 'ready', data: {} })
})

test('comments keep a silent desk’s connection alive, and nobody else may follow', async () => {
  const reader = (await live()).body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while (!text.includes(': still here')) text += (await reader?.read())?.value ?? ''
  await reader?.cancel()
  expect((await live((await api.shopper()).token)).status).toBe(401)
  expect((await live(api.keys.read)).status).toBe(403)
})
