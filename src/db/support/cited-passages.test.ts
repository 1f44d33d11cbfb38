import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Citation } from '#domain/answer.ts'
import type { ShopDocument } from '#domain/document.ts'
import { documentId } from '#domain/ids.ts'
import { agentAnswer } from '../../../test/fakes/scripted-agent.ts'
import { ownerOf, type SupportBench, supportBench } from '../../../test/fixtures/support-bench.ts'
import { chunkIds } from '../knowledge/chunk-rows.ts'
import type { DocumentStore, PreparedDocument } from '../knowledge/documents.port.ts'
import { postgresDocuments } from '../knowledge/documents.postgres.ts'
import { postgresConversations } from './conversations.postgres.ts'

const { signal } = new AbortController()
let bench: SupportBench
let documents: DocumentStore
beforeAll(async () => {
  bench = await supportBench()
  documents = postgresDocuments(bench.database, bench.clock)
})
afterAll(() => bench.close())

/** A document of these passages; its hash changes with everything in it. */
function prepared(id: string, texts: string[], more: Partial<ShopDocument> = {}): PreparedDocument {
  const document = { id: documentId(id), kind: 'policy' as const, title: id, text: texts.join('\n\n'), ...more }
  const { validFrom, validUntil } = more
  return {
    document,
    cleanText: document.text,
    contentHash: JSON.stringify(document),
    chunks: texts.map((text, position) => ({
      kind: 'policy',
      position,
      title: id,
      headingPath: [],
      aliases: [],
      text,
      contentHash: text,
      scope: {},
      attributes: {},
      ...(validFrom ? { validFrom } : {}),
      ...(validUntil ? { validUntil } : {}),
    })),
  }
}

const citation = (document: PreparedDocument, passage: number): Citation => ({
  documentId: document.document.id,
  chunkId: chunkIds(document)[passage] ?? 'chk_none',
  title: document.document.title,
  url: null,
  quote: document.chunks[passage]?.text ?? '',
  updatedAt: '2026-01-01T00:00:00.000Z',
  language: null,
  state: 'current',
  field: null,
})

/** A conversation in which one question was answered with these citations, long ago. */
async function cited(citations: Citation[]) {
  const { ids, questions, conversations, shop } = bench
  const owner = ownerOf(await bench.session())
  const at = bench.clock.now()
  const conversation = await conversations.create(owner, { id: ids.make('cnv'), creationKey: null, at }, signal)
  const question = ids.make('msg')
  await questions.accept(
    owner,
    conversation,
    { id: question, clientMessageId: 'one', text: 'Q?', traceId: '', at },
    signal,
  )
  const { handoffReason, summary, suggestedReply, memory, trace, ...answer } = agentAnswer({ citations })
  const settled = { ...answer, id: ids.make('msg'), latencyMs: 1, traceId: '' }
  await questions.settle(
    shop,
    conversation,
    { question, answer: settled, stages: [], memory: {}, trace: {}, handoff: null, at },
    signal,
  )
  const states = async (from = conversations) => {
    const transcript = await from.transcript(owner, conversation, signal)
    return transcript?.messages.flatMap(({ answer: told }) => told?.citations.map(({ state }) => state) ?? [])
  }
  return { owner, conversation, question, states }
}

const put = (...documentsToPut: PreparedDocument[]) => documents.putAll(bench.shop, 'test', documentsToPut, signal)

describe('a citation in an old answer', () => {
  test('is current, then changed, then gone, and current again when the page comes back', async () => {
    const page = prepared('returns', ['Within 30 days.', 'The label is free.'])
    await put(page)
    const { states } = await cited([citation(page, 0), citation(page, 1)])
    expect(await states()).toEqual(['current', 'current'])
    await put(prepared('returns', ['Within 14 days.', 'The label is free.']))
    expect(await states()).toEqual(['changed', 'current'])
    await documents.retire(bench.shop, [documentId('returns')], signal)
    expect(await states()).toEqual(['gone', 'gone'])
    await put(page)
    expect(await states()).toEqual(['current', 'current'])
  })

  test('is gone before its page holds and once it does no longer, without anything being written', async () => {
    const now = bench.clock.now().getTime()
    const [hour, day] = [3_600_000, 86_400_000]
    const page = prepared('sale', ['Half price.'], {
      validFrom: new Date(now - hour).toISOString(),
      validUntil: new Date(now + day).toISOString(),
    })
    const announced = prepared('soon', ['Free shipping.'], { validFrom: new Date(now + 2 * day).toISOString() })
    await put(page, announced)
    const { states } = await cited([citation(page, 0), citation(announced, 0)])
    expect(await states()).toEqual(['current', 'gone'])
    bench.clock.move(day + hour)
    expect(await states()).toEqual(['gone', 'gone'])
    bench.clock.move(day)
    expect(await states()).toEqual(['gone', 'current'])
  })

  test('is gone when nobody knows its passage, and another shop’s page of that name changes nothing', async () => {
    const page = prepared('only-two', ['Text.'])
    await documents.putAll(bench.other, 'test', [page], signal)
    expect(await (await cited([citation(page, 0)])).states()).toEqual(['gone'])
  })

  test('says the same in events, in the data export and to who asks again, and stays stored as it was', async () => {
    const page = prepared('warranty', ['Two years.'])
    await put(page)
    const { owner, conversation, question } = await cited([citation(page, 0)])
    await put(prepared('warranty', ['Three years.']))
    const events = await bench.conversations.events(owner, conversation, 0, 10, signal)
    expect(events?.flatMap((event) => (event.kind === 'message' ? (event.message.answer ?? []) : []))).toMatchObject([
      { citations: [{ state: 'changed', quote: 'Two years.' }] },
    ])
    const [exported] = (await bench.personalData.exportAll(owner, signal)).conversations
    expect(exported?.messages[1]?.answer?.citations).toMatchObject([{ state: 'changed' }])
    expect(await bench.questions.state(bench.shop, question, signal)).toMatchObject({
      answer: { citations: [{ state: 'changed' }] },
    })
    const stored = await bench.asOwner(
      `select answer -> 'citations' -> 0 ->> 'state' as state from messages where conversation = '${conversation}' and role = 'assistant'`,
    )
    expect(stored).toEqual([{ state: 'current' }])
  })
})

test('an answer stored before there were images, related pages and stops is read as one without', async () => {
  const page = prepared('old', ['Old.'])
  await put(page)
  const { owner, conversation } = await cited([citation(page, 0)])
  await bench.asOwner(
    `update messages set answer = (answer - 'related' - 'needs' - 'stopped') #- '{citations,0,language}' #- '{citations,0,state}' where conversation = '${conversation}'`,
  )
  const transcript = await bench.conversations.transcript(owner, conversation, signal)
  expect(transcript?.messages[1]?.answer).toMatchObject({
    related: [],
    needs: null,
    stopped: false,
    citations: [{ language: null, field: null, state: 'current' }],
  })
})

test('a transcript costs as many queries for a hundred citations as for one', async () => {
  const page = prepared(
    'long',
    Array.from({ length: 100 }, (_, index) => `Sentence ${index}.`),
  )
  await put(page)
  let queries = 0
  const counted = bench.database.withPlugin({
    transformQuery: ({ node }) => {
      queries += 1
      return node
    },
    transformResult: async ({ result }) => result,
  })
  const counting = postgresConversations(counted, bench.clock)
  const cost = async (many: number) => {
    const { states } = await cited(Array.from({ length: many }, (_, index) => citation(page, index)))
    queries = 0
    expect(await states(counting)).toHaveLength(many)
    return queries
  }
  const one = await cost(1)
  expect(one).toBeGreaterThan(1)
  expect(await cost(100)).toBe(one)
})
