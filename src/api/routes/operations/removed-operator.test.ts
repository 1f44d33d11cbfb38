import type { z } from '@hono/zod-openapi'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { HandoffNotice } from '#domain/answer.ts'
import { agentAnswer } from '../../../../test/fakes/scripted-agent.ts'
import { type ApiBench, apiBench, readEvents } from '../../../../test/fixtures/api-bench.ts'
import { SILENT } from '../../../../test/fixtures/support-bench.ts'
import type { HandoffDetailSchema } from '../../contract/operations/handoffs.ts'

let api: ApiBench
let admin: Awaited<ReturnType<ApiBench['operator']>>
let token: string
let conversation: string
let said = 0
beforeAll(async () => {
  api = await apiBench()
  admin = await api.operator('admin', 'Ada')
})
beforeEach(async () => {
  token = (await api.shopper()).token
  conversation = await api.conversation(token)
  api.agent.does(() => agentAnswer())
})
afterAll(() => api.close())

const MINUTE = 60_000
const ask = (text: string) =>
  api.call('POST', `/v1/conversations/${conversation}/messages`, {
    token,
    body: { text, clientMessageId: `m${++said}` },
  })
const handOver = async () =>
  (await (
    await api.call('POST', `/v1/conversations/${conversation}/handoff`, { token, body: {} })
  ).json()) as HandoffNotice
const act = (id: string, action: string, by: string, body?: object) =>
  api.call('POST', `/v1/handoffs/${id}/${action}`, { token: by, ...(body ? { body } : {}) })
const get = async (id: string) =>
  (await (await api.call('GET', `/v1/handoffs/${id}`, { token: admin.token })).json()) as z.infer<
    typeof HandoffDetailSchema
  >
const remove = (id: string) => api.call('DELETE', `/v1/operators/${id}`, { token: admin.token })

test('what a removed operator had waits for anybody again, as promised anew, and everybody is told', async () => {
  const grace = await api.operator('agent', 'Grace')
  const { id } = await handOver()
  await act(id, 'claim', grace.token)
  await act(id, 'reply', grace.token, { text: 'One moment.', clientMessageId: 'one' })
  await ask('Are you there?')
  const before = await get(id)
  api.clock.move(30 * MINUTE)
  const [shopper, atDesk] = [
    readEvents(await api.call('GET', `/v1/conversations/${conversation}/events`, { token })),
    readEvents(await api.call('GET', '/v1/live', { token: admin.token })),
  ]
  await atDesk.next()
  expect((await remove(grace.id)).status).toBe(204)
  const after = await get(id)
  expect(after).toMatchObject({ status: 'waiting', claimedBy: null, claimedById: null, claimedAt: null })
  expect(after).toMatchObject({ repliedAt: null, wait: { ahead: 0 }, expectedReplyBy: after.dueAt })
  expect(Date.parse(after.dueAt)).toBeGreaterThan(Date.parse(before.dueAt))
  expect(after.history.at(-1)).toMatchObject({ change: 'released', by: { id: admin.id, name: 'Ada' } })
  // The knocks of what was written before may still be on their way.
  for await (const { event, data } of atDesk)
    if (event === 'handoff') {
      expect(data).toMatchObject({ id, conversationId: conversation })
      if ((data as HandoffNotice).status === 'waiting') break
    }
  for await (const { event, data } of shopper)
    if (event === 'handoff' && (data as HandoffNotice).expectedReplyBy === after.dueAt) break
  expect((await (await ask('And now?')).json()) as object).toMatchObject({ text: agentAnswer().text })
  const alan = await api.operator('agent', 'Alan')
  expect((await act(id, 'claim', alan.token)).status).toBe(200)
})

test('what a removed operator had closed, and what others have, stays as it is', async () => {
  const [joan, mary] = [await api.operator('agent', 'Joan'), await api.operator('agent', 'Mary')]
  const { id: closed } = await handOver()
  await act(closed, 'claim', joan.token)
  await act(closed, 'resolve', joan.token)
  conversation = await api.conversation(token)
  const { id: others } = await handOver()
  await act(others, 'claim', joan.token)
  await act(others, 'claim', mary.token, { takeOver: true })
  const before = [await get(closed), await get(others)]
  await remove(joan.id)
  expect([await get(closed), await get(others)]).toEqual(before)
})

test('a removal that does not come about gives nothing back', async () => {
  const { id } = await handOver()
  await act(id, 'claim', admin.token)
  expect((await remove(admin.id)).status).toBe(409)
  expect(await get(id)).toMatchObject({ status: 'claimed', claimedBy: 'Ada' })
})

test('nobody has a conversation who claimed it while they were removed', async () => {
  for (let round = 0; round < 12; round++) {
    conversation = await api.conversation(token)
    const { id } = await handOver()
    const leaving = await api.operator('agent', `Leaving ${round}`)
    const [claimed, removed] = await Promise.all([act(id, 'claim', leaving.token), remove(leaving.id)])
    expect([200, 401]).toContain(claimed.status)
    expect(removed.status).toBe(204)
    expect(await get(id)).toMatchObject({ status: 'waiting', claimedBy: null })
  }
})

test('who was let in and out, and which keys were made, is logged at the default level, without names', async () => {
  const warn = vi.spyOn(SILENT, 'warn')
  const call = async (method: string, path: string, body?: object) => {
    const response = await api.call(method, path, { token: admin.token, ...(body ? { body } : {}) })
    return (response.status === 204 ? {} : await response.json()) as { id: string; link: string }
  }
  const { id } = await call('POST', '/v1/operators', { name: 'Mira', role: 'agent' })
  const { link } = await call('POST', `/v1/operators/${id}/sign-in-links`)
  await api.call('POST', '/v1/operator-sessions', { body: { code: new URL(link).hash.slice(1), token: true } })
  await call('DELETE', `/v1/operators/${id}`)
  const key = (await call('POST', '/v1/keys', { name: 'till', scope: 'read' })).id
  await call('DELETE', `/v1/keys/${key}`)
  await call('DELETE', `/v1/keys/${key}`)
  const by = admin.id
  expect(warn.mock.calls).toEqual([
    [{ operator: id, role: 'agent', by }, 'operator added'],
    [{ operator: id, by }, 'sign-in link made'],
    [{ operator: id }, 'operator signed in'],
    [{ operator: id, by }, 'operator removed'],
    [{ key, scope: 'read', by }, 'API key made'],
    [{ key, by }, 'API key revoked'],
  ])
  warn.mockRestore()
})
