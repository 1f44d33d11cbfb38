import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer } from '#domain/answer.ts'
import { agentAnswer } from '../../../../test/fakes/scripted-agent.ts'
import { type ApiBench, apiBench } from '../../../../test/fixtures/api-bench.ts'

let api: ApiBench
let token: string
beforeAll(async () => {
  api = await apiBench()
  token = (await api.shopper({ locale: 'en-GB' })).token
})
afterAll(() => api.close())

type Item = { id: string; messageId: string; helpful: boolean; reason: string | null; at: string; versions: unknown }
type Page = { items: Item[]; nextCursor: string | null }

async function answered(text: string, by = token): Promise<Answer> {
  const conversation = await api.conversation(by)
  const path = `/v1/conversations/${conversation}/messages`
  const response = await api.call('POST', path, { token: by, body: { text, clientMessageId: 'one' } })
  return (await response.json()) as Answer
}
const rate = (message: string, body: object, by = token) =>
  api.call('POST', `/v1/messages/${message}/feedback`, { token: by, body })
const list = async (query = '', by = api.keys.read) => {
  const response = await api.call('GET', `/v1/feedback${query}`, { token: by })
  return { status: response.status, page: (await response.json()) as Page }
}

test('a judgement comes with question, answer, citations and what made the answer', async () => {
  const citation = {
    documentId: 'policies/returns' as never,
    chunkId: 'chk_1' as const,
    title: 'Returns',
    url: null,
    quote: '30 days',
    updatedAt: '2026-01-01T00:00:00.000Z',
    language: 'en',
    state: 'current' as const,
    field: null,
  }
  const versions = { pipeline: 'builtin-1', weights: 'abc' }
  api.agent.does(() => agentAnswer({ text: 'Within 30 days.', citations: [citation], trace: { versions } }))
  const { id } = await answered('How long may I return?')
  await rate(id, { helpful: false, reason: 'wrong', comment: 'It was 14 days.' })
  const { page } = await list()
  expect(page.items[0]).toMatchObject({
    messageId: id,
    helpful: false,
    reason: 'wrong',
    comment: 'It was 14 days.',
    question: { text: 'How long may I return?', locale: 'en-GB' },
    answer: { by: 'assistant', text: 'Within 30 days.', outcome: 'answered', route: 'knowledge', confidence: 0.9 },
    // Nobody stored that page here.
    citations: [{ ...citation, state: 'gone' }],
    versions,
  })
})

test('a changed judgement is one judgement, shown in the transcript and listed anew', async () => {
  api.agent.does(() => agentAnswer())
  const answer = await answered('Changed?')
  await rate(answer.id, { helpful: false, reason: 'unclear' })
  api.clock.move(1_000)
  await rate(answer.id, { helpful: true, reason: 'solved' })
  const response = await api.call('GET', `/v1/conversations/${answer.conversationId}`, { token })
  const { messages } = (await response.json()) as { messages: { id: string; feedback: unknown }[] }
  expect(messages.find(({ id }) => id === answer.id)?.feedback).toMatchObject({ helpful: true, reason: 'solved' })
  const { items } = (await list()).page
  expect(items.filter(({ messageId }) => messageId === answer.id)).toMatchObject([{ helpful: true, reason: 'solved' }])
  expect(items[0]?.messageId).toBe(answer.id)
})

describe('the list', () => {
  test('can be halved, and paged through without missing or repeating one', async () => {
    api.agent.does(() => agentAnswer())
    for (let made = 0; made < 5; made++) {
      const { id } = await answered(`Paged ${made}?`)
      await rate(id, { helpful: made % 2 === 0 })
      api.clock.move(made % 2)
    }
    const whole = (await list('?limit=200')).page.items
    const seen: Item[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { page } = await list(`?limit=2${cursor ? `&cursor=${cursor}` : ''}`)
      seen.push(...page.items)
      cursor = page.nextCursor
    }
    expect(seen).toEqual(whole)
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length)
    const [up, down] = [(await list('?helpful=true')).page.items, (await list('?helpful=false')).page.items]
    expect(up.every(({ helpful }) => helpful) && down.every(({ helpful }) => !helpful)).toBe(true)
    expect(up.length + down.length).toBe(whole.length)
  })

  test('is for keys that may read, of their own shop', async () => {
    expect((await list('', api.keys.ingest)).status).toBe(403)
    expect((await list('', token)).status).toBe(401)
    expect((await list('', api.keys.otherAdmin)).page.items).toEqual([])
  })

  test.each(['?cursor=nonsense', '?helpful=maybe', '?limit=0'])('refuses %s', async (query) => {
    expect((await list(query)).status).toBe(400)
  })

  test('holds nothing of a shopper who erased their data', async () => {
    const other = await api.shopper()
    const { id } = await answered('Forget me?', other.token)
    await rate(id, { helpful: false, comment: 'I am Ada' }, other.token)
    expect((await list()).page.items.map(({ messageId }) => messageId)).toContain(id)
    await api.call('DELETE', '/v1/me/data', { token: other.token })
    expect((await list()).page.items.map(({ messageId }) => messageId)).not.toContain(id)
    expect(await api.asOwner(`select reason, comment from feedback where message = '${id}'`)).toEqual([
      { reason: null, comment: null },
    ])
  })
})
