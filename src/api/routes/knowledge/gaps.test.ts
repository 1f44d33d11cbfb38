import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AgentAnswer } from '#agents/customer-question/customer-question.port.ts'
import type { Answer } from '#domain/answer.ts'
import { agentAnswer } from '../../../../test/fakes/scripted-agent.ts'
import { type ApiBench, apiBench } from '../../../../test/fixtures/api-bench.ts'

const MINUTE = 60_000
const DAY = 1_440 * MINUTE
const WEAK: Partial<AgentAnswer> = {
  outcome: 'handed_off',
  handoffReason: 'low_confidence',
  trace: { passages: [{ documentId: 'faq/shipping' }, { documentId: 'faq/old' }, { documentId: 'faq/shipping' }] },
}
type Gap = {
  id: string
  words: string[]
  count: number
  recent: number
  examples: string[]
  reasons: object
  nearestDocuments: object[]
}
let api: ApiBench
let token: string

beforeEach(async () => {
  api = await apiBench()
  token = (await api.shopper()).token
})
afterEach(() => api.close())

async function asked(text: string, becomes: Partial<AgentAnswer>, by = token, conversation?: string): Promise<Answer> {
  api.agent.does(() => agentAnswer(becomes))
  const id = conversation ?? (await api.conversation(by))
  const body = { text, clientMessageId: api.ids.make('req') }
  const response = await api.call('POST', `/v1/conversations/${id}/messages`, { token: by, body })
  expect(response.status).toBe(200)
  return (await response.json()) as Answer
}

async function listed(query = '', key = api.keys.ingest): Promise<{ items: Gap[]; nextCursor: string | null }> {
  const response = await api.call('GET', `/v1/knowledge/gaps${query}`, { token: key })
  expect(response.status).toBe(200)
  return (await response.json()) as { items: Gap[]; nextCursor: string | null }
}

describe('unanswered questions', () => {
  test('are one group of three for three paraphrases, with examples, reasons and what was nearest', async () => {
    await api.asOwner(`insert into documents (shop, id, source, kind, version, content_hash) values ('one', 'faq/shipping', 'api', 'faq', 1, 'h');
      insert into document_versions (shop, document_id, version, content_hash, title, body, stored_at) values ('one', 'faq/shipping', 1, 'h', 'Shipping', '{}', now())`)
    await asked('Do you ship to the moon?', WEAK)
    await asked('can I get it delivered to the Moon', { ...WEAK, handoffReason: 'out_of_scope' })
    await asked('Is delivery to the moon possible? me@shop.example, +49 40 123456', WEAK)
    await asked('Do you ship to the moon?', {})
    await asked('May I bring my dog?', { outcome: 'declined', route: 'smalltalk' })
    const { items, nextCursor } = await listed()
    expect(nextCursor).toBeNull()
    expect(items.map(({ count }) => count)).toEqual([3, 1])
    expect(items[0]).toMatchObject({
      recent: 3,
      words: expect.arrayContaining(['moon']),
      examples: [
        'Is delivery to the moon possible? ••••, ••••',
        'can I get it delivered to the Moon',
        'Do you ship to the moon?',
      ],
      reasons: { low_confidence: 2, out_of_scope: 1 },
      nearestDocuments: [
        { documentId: 'faq/old', title: null, questions: 3 },
        { documentId: 'faq/shipping', title: 'Shipping', questions: 3 },
      ],
    })
  })

  test('of German shoppers are grouped by German words', async () => {
    for (const text of [
      'Liefert ihr auch auf die Hallig?',
      'Ist eine Lieferung auf die Hallig möglich?',
      'Versand auf Hallig',
    ])
      await asked(text, WEAK)
    expect((await listed()).items.map(({ count }) => count)).toEqual([3])
  })

  test('are also answers that did not help, and clarifications nothing followed for ten minutes', async () => {
    const unhelpful = await asked('How do I wax a saddle?', {})
    await api.call('POST', `/v1/messages/${unhelpful.id}/feedback`, { token, body: { helpful: false } })
    const helpful = await asked('How do I oil a chain?', {})
    await api.call('POST', `/v1/messages/${helpful.id}/feedback`, { token, body: { helpful: true } })
    await asked('Which tyres?', { outcome: 'clarify' })
    const talk = await api.conversation(token)
    await asked('Which brakes?', { outcome: 'clarify' }, token, talk)
    await asked('The rim ones', {}, token, talk)
    const reasons = async () => (await listed()).items.map((gap) => gap.reasons)
    expect(await reasons()).toEqual([{ unhelpful: 1 }])
    api.clock.move(11 * MINUTE)
    expect(await reasons()).toEqual([{ clarification_ignored: 1 }, { unhelpful: 1 }])
  })

  test('are not hand-overs the shopper asked for, nor failures', async () => {
    await asked('A human please', { outcome: 'handed_off', route: 'person', handoffReason: 'requested' })
    api.agent.does(() => {
      throw new Error('broken')
    })
    await api.call('POST', `/v1/conversations/${await api.conversation(token)}/messages`, {
      token,
      body: { text: 'Why?', clientMessageId: 'one' },
    })
    expect((await listed()).items).toEqual([])
  })

  test('are gone once their shopper erased them, and after the window', async () => {
    const other = (await api.shopper()).token
    await asked('Do you sell tea pots?', WEAK, other)
    await asked('Do you repair umbrellas?', WEAK)
    expect((await listed()).items).toHaveLength(2)
    await api.call('DELETE', '/v1/me/data', { token: other })
    expect((await listed()).items.flatMap(({ examples }) => examples)).toEqual(['Do you repair umbrellas?'])
    api.clock.move(8 * DAY)
    expect((await listed('?days=7')).items).toEqual([])
    expect((await listed('?days=14')).items).toMatchObject([{ count: 1, recent: 0 }])
  })

  test('come in pages without overlap, the most asked first', async () => {
    for (const text of ['Teapots?', 'Umbrellas?', 'Umbrellas?', 'Kites?', 'Candles?']) await asked(text, WEAK)
    const whole = (await listed()).items.map(({ id }) => id)
    const paged: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: Awaited<ReturnType<typeof listed>> = await listed(`?limit=2${cursor && `&cursor=${cursor}`}`)
      paged.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    }
    expect(whole).toHaveLength(4)
    expect(paged).toEqual(whole)
  })

  test('are for those who write content, of their own shop', async () => {
    await asked('Do you ship to the moon?', WEAK)
    const status = async (key: string | undefined, query = '') =>
      (await api.call('GET', `/v1/knowledge/gaps${query}`, key ? { token: key } : {})).status
    expect(await status(undefined)).toBe(401)
    expect(await status(token)).toBe(401)
    expect(await status(api.keys.read)).toBe(403)
    expect(await status(api.keys.events)).toBe(403)
    expect((await listed('', api.keys.admin)).items).toHaveLength(1)
    expect((await listed('', api.keys.otherAdmin)).items).toEqual([])
    for (const query of [
      '?limit=-1',
      '?limit=0',
      '?days=0',
      '?days=366',
      '?days=x',
      '?cursor=zzz',
      '?cursor=',
      '?colour=red',
    ])
      expect([query, await status(api.keys.ingest, query)]).toEqual([query, 400])
  })
})

describe('a group', () => {
  const send = async (path: string, key = api.keys.ingest) => {
    const response = await api.call('POST', `/v1/knowledge/gaps/${path}`, { token: key })
    return { status: response.status, body: (await response.json()) as { items: { question: string }[] } }
  }

  test('is asked again, each question as its own shopper would, and tells how many are answered now', async () => {
    for (const text of ['Do you ship to the moon?', 'Is delivery to the moon possible?', 'Do you ship to the moon?'])
      await asked(text, WEAK)
    const [gap] = (await listed()).items
    const before = api.agent.asked.length
    api.agent.does(({ text }) => agentAnswer(text.startsWith('Do') ? { text: 'On Mondays.' } : WEAK))
    const { status, body } = await send(`${gap?.id}/ask`)
    expect([status, api.agent.asked.length - before]).toEqual([200, 2])
    expect(body).toMatchObject({
      asked: 2,
      answered: 1,
      items: [
        { question: 'Do you ship to the moon?', outcome: 'answered', text: 'On Mondays.' },
        { question: 'Is delivery to the moon possible?', outcome: 'handed_off', handoffReason: 'low_confidence' },
      ],
    })
    expect(api.agent.asked.at(-1)).toMatchObject({ customer: null, history: [], unlockedOrders: [] })
    expect((await listed()).items).toMatchObject([{ id: gap?.id, count: 3 }])
  })

  test('is dismissed, twice to no harm, and comes back when somebody asks the like later', async () => {
    await asked('Do you ship to the moon?', WEAK)
    await asked('Is delivery to the moon possible?', WEAK)
    await asked('May I bring my dog?', WEAK)
    const moon = (await listed()).items.find(({ count }) => count === 2)
    expect(await send(`${moon?.id}/dismiss`)).toEqual({ status: 200, body: { questions: 2 } })
    expect((await send(`${moon?.id}/dismiss`)).status).toBe(404)
    expect((await listed()).items.map(({ examples }) => examples)).toEqual([['May I bring my dog?']])
    await asked('Do you ship to the moon?', WEAK)
    expect((await listed()).items.map(({ count }) => count)).toEqual([1, 1])
  })

  test('is the own shop’s, and for those who write content', async () => {
    await asked('Do you ship to the moon?', WEAK)
    const id = (await listed()).items[0]?.id
    for (const what of ['ask', 'dismiss']) {
      expect((await send(`${id}/${what}`, api.keys.otherAdmin)).status).toBe(404)
      expect((await send(`${id}/${what}`, api.keys.read)).status).toBe(403)
      expect((await send(`gap_none/${what}`)).status).toBe(400)
    }
    expect((await listed()).items).toHaveLength(1)
  })
})

describe('a preview', () => {
  const preview = async (body: object, key = api.keys.read) => {
    const response = await api.call('POST', '/v1/knowledge/preview', { token: key, body })
    return { status: response.status, body: await response.json() }
  }

  test('is what a shopper of that locale would be told, with the passages and the gate, and leaves no trace', async () => {
    const passage = {
      documentId: 'faq/x',
      chunkId: 'chk_1',
      title: 'X',
      url: null,
      score: 0.5,
      scores: { cosine: null },
    }
    const verdict = { threshold: 0.8, passed: false, reason: 'below_threshold' }
    api.agent.does(({ text, audience }) =>
      agentAnswer({ ...WEAK, text: `${text} ${audience.locale}`, gate: verdict, trace: { passages: [passage] } }),
    )
    const { status, body } = await preview({ question: 'Do you ship to the moon?', locale: 'de', region: 'DE' })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      outcome: 'handed_off',
      text: 'Do you ship to the moon? de',
      handoffReason: 'low_confidence',
      gate: verdict,
      passages: [passage],
    })
    expect((await listed()).items).toEqual([])
    expect(await api.asOwner('select id from messages')).toEqual([])
  })

  test('is refused without a question and to shoppers', async () => {
    expect((await preview({ question: ' ' })).status).toBe(400)
    expect((await preview({ question: 'x', customer: 'cust-1' })).status).toBe(400)
    expect((await preview({ question: 'x' }, token)).status).toBe(401)
  })
})
