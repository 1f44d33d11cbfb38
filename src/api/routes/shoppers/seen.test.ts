import type { z } from '@hono/zod-openapi'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { HandoffNotice } from '#domain/answer.ts'
import { type ApiBench, apiBench, readEvents } from '../../../../test/fixtures/api-bench.ts'
import type { HandoffDetailSchema } from '../../contract/operations/handoffs.ts'
import { MessageSchema } from '../../contract/shoppers/conversations.ts'

type Detail = z.infer<typeof HandoffDetailSchema>

let api: ApiBench
let grace: string
let token: string
let conversation: string
beforeAll(async () => {
  api = await apiBench()
  grace = (await api.operator('agent', 'Grace')).token
})
beforeEach(async () => {
  token = (await api.shopper()).token
  conversation = await api.conversation(token)
})
afterAll(() => api.close())

const act = (id: string, action: string, body?: object) =>
  api.call('POST', `/v1/handoffs/${id}/${action}`, { token: grace, ...(body ? { body } : {}) })
const get = async (id: string) =>
  (await (await api.call('GET', `/v1/handoffs/${id}`, { token: grace })).json()) as Detail

describe('a reply', () => {
  const mailOf = async () => {
    const [row] = await api.asOwner(`select id from reply_mails where conversation = '${conversation}'`)
    const at = new Date(api.clock.now().getTime() + 61_000)
    return api.replyMails.take(api.shop, String(row?.id) as `out_${string}`, at, at, api.signal)
  }
  const replied = async () => {
    const body = { contact: 'ada@shop.example' }
    const asked = await api.call('POST', `/v1/conversations/${conversation}/handoff`, { token, body })
    const { id } = (await asked.json()) as HandoffNotice
    await act(id, 'claim')
    return { id, reply: () => act(id, 'reply', { text: 'It ships tomorrow.', clientMessageId: 'one' }) }
  }

  const saw = async (upTo: string, by = token) =>
    (await api.call('POST', `/v1/conversations/${conversation}/seen`, { token: by, body: { upTo } })).status
  const idOf = async (reply: Response) => MessageSchema.parse(await reply.json()).id

  test('goes by e-mail to a reader that stalled: it was sent, and read back, but nobody said that it was seen', async () => {
    const { reply, id } = await replied()
    const stream = await api.call('GET', `/v1/conversations/${conversation}/events`, { token })
    for await (const { data } of readEvents(stream)) {
      const { status, role } = data as { status?: string; role?: string }
      if (status === 'claimed' && (await get(id)).messages.length === 0) await reply()
      if (role === 'person') break
    }
    await api.call('GET', `/v1/conversations/${conversation}`, { token })
    expect(await mailOf()).toMatchObject({ to: 'ada@shop.example', replies: [{ author: 'Grace' }] })
  })

  test('needs no e-mail once its page said that it was seen, of which the open desk hears', async () => {
    const events = readEvents(await api.call('GET', '/v1/live', { token: grace }))
    await events.next()
    const { reply, id } = await replied()
    const message = await idOf(await reply())
    api.clock.move(30_000)
    const before = api.clock.now().toISOString()
    expect(await saw(message)).toBe(204)
    const [shown] = (await get(id)).messages
    expect(shown?.id).toBe(message)
    expect(shown?.seenAt && shown.seenAt >= before).toBe(true)
    api.clock.move(20_000)
    expect(await saw(message)).toBe(204)
    expect((await get(id)).messages).toEqual([shown])
    await act(id, 'resolve')
    const heard: unknown[] = []
    for await (const { event, data } of events) {
      const about = data as { conversationId: string; status?: string }
      if (about.conversationId === conversation) heard.push(about.status ?? event)
      if (about.status === 'resolved') break
    }
    // Of the second receipt there is nothing to hear.
    expect(heard).toEqual(['waiting', 'claimed', 'message', 'claimed', 'claimed', 'resolved'])
    const told = await (await api.call('GET', `/v1/conversations/${conversation}`, { token })).text()
    expect(told).toContain(message)
    expect(told).not.toContain('seenAt')
    expect(await mailOf()).toBeNull()
  })

  test('goes by e-mail when only older ones were seen, in whatever order that was said', async () => {
    const { reply, id } = await replied()
    const first = await idOf(await reply())
    const write = (text: string) => act(id, 'reply', { text, clientMessageId: text })
    const second = await idOf(await write('By lunch.'))
    await write('On Friday.')
    expect([await saw(second), await saw(first)]).toEqual([204, 204])
    expect(await mailOf()).toMatchObject({ replies: [{ text: 'On Friday.' }] })
  })

  test('is seen by nobody but its shopper, and no message of another conversation tells anything', async () => {
    const message = await idOf(await (await replied()).reply())
    const stranger = (await api.shopper()).token
    expect(await saw(message, stranger)).toBe(404)
    conversation = await api.conversation(stranger)
    expect(await saw(message, stranger)).toBe(404)
    const [row] = await api.asOwner(`select seen_at from messages where id = '${message}'`)
    expect(row).toEqual({ seen_at: null })
  })
})
