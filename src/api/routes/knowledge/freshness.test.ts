import { afterEach, beforeEach, expect, test } from 'vitest'
import { agentAnswer } from '../../../../test/fakes/scripted-agent.ts'
import { type ApiBench, apiBench } from '../../../../test/fixtures/api-bench.ts'

let api: ApiBench
beforeEach(async () => {
  api = await apiBench()
})
afterEach(() => api.close())

type Source = {
  source: string
  tooOld: number
  maxAgeDays: number | null
  staleAnswers: { count: number; items: object[] }
}

async function freshness(token = api.keys.read): Promise<Source[]> {
  const response = await api.call('GET', '/v1/knowledge/freshness', { token })
  expect(response.status).toBe(200)
  return ((await response.json()) as { items: Source[] }).items
}

async function store(id: string, source: string, updatedAt: string) {
  await api.asOwner(
    `insert into documents (shop, id, source, kind, version, content_hash) values ('one', '${id}', '${source}', 'faq', 1, 'h');
    insert into document_versions (shop, document_id, version, content_hash, title, body, stored_at)
      values ('one', '${id}', 1, 'h', 'Title ${id}', '${JSON.stringify({ updatedAt })}', '2026-01-01')`,
  )
}

test('a source past its limit is told with the answers that rest on it', async () => {
  await store('old', 'help', '2025-06-01T00:00:00Z')
  await store('new', 'help', '2026-03-01T00:00:00Z')
  const { token } = await api.shopper()
  const conversation = await api.conversation(token)
  for (const documentId of ['old', 'new']) {
    const citation = {
      documentId,
      chunkId: `chk_${documentId}`,
      documentVersion: 1,
      title: documentId,
      headingPath: [],
      quote: 'q',
      updatedAt: '2025-06-01T00:00:00.000Z',
    }
    api.agent.does(() => agentAnswer({ citations: [citation] as never }))
    await api.call('POST', `/v1/conversations/${conversation}/messages`, {
      token,
      body: { text: `About ${documentId}?`, clientMessageId: api.ids.make('req') },
    })
  }
  expect(await freshness()).toMatchObject([{ source: 'help', tooOld: 0, maxAgeDays: null, staleAnswers: { count: 0 } }])
  const limited = (maxAgeDays: number | null, key = api.keys.ingest) =>
    api.call('PUT', '/v1/knowledge/freshness/help', { token: key, body: { maxAgeDays } })
  expect((await limited(90)).status).toBe(204)
  const [source] = await freshness()
  expect(source).toMatchObject({ tooOld: 1, maxAgeDays: 90, staleAnswers: { count: 1 } })
  expect(source?.staleAnswers.items).toEqual([
    {
      messageId: expect.stringMatching(/^msg_/),
      conversationId: conversation,
      answeredAt: expect.any(String),
      documentId: 'old',
      title: 'Title old',
    },
  ])
  expect((await limited(null)).status).toBe(204)
  expect(await freshness()).toMatchObject([{ tooOld: 0, maxAgeDays: null, staleAnswers: { count: 0, items: [] } }])
  expect((await limited(0)).status).toBe(400)
  expect((await limited(5, api.keys.read)).status).toBe(403)
})

test('a source tells when it was imported last and is looked at next', async () => {
  await store('a', 'feed', '2026-03-01T00:00:00Z')
  const at = (id: string, status: string, dry: boolean, day: number) =>
    `('one', '${id}', 'feed', 'upsert', ${dry}, false, '${status}', '2026-01-01', '2026-01-01', '2026-01-0${day}T00:00:00Z')`
  await api.asOwner(
    `insert into imports (shop, id, source, mode, dry_run, allow_retire, status, started_at, touched_at, finished_at)
      values ${[at('imp_1', 'done', false, 2), at('imp_2', 'failed', false, 3), at('imp_3', 'done', true, 4)].join(', ')};
    insert into synced_sources (shop, id, name, url, mode, every_minutes, look_at)
      values ('one', 'src_1', 'feed', 'https://shop.example/feed', 'upsert', 60, '2026-04-01T00:00:00Z')`,
  )
  const viewer = await api.operator('viewer')
  expect(await freshness(viewer.token)).toMatchObject([
    { source: 'feed', lastImportAt: '2026-01-02T00:00:00.000Z', nextRunAt: '2026-04-01T00:00:00.000Z' },
  ])
})

test('a synced source tells its last success and what keeps it from the next', async () => {
  await store('a', 'feed', '2026-03-01T00:00:00Z')
  await store('b', 'shrunk', '2026-03-01T00:00:00Z')
  await store('c', 'by hand', '2026-03-01T00:00:00Z')
  await api.asOwner(
    `insert into imports (shop, id, source, mode, dry_run, allow_retire, status, started_at, touched_at, finished_at, problem_code, problem_message)
      values ('one', 'imp_1', 'feed', 'upsert', false, false, 'done', '2026-01-01', '2026-01-01', '2026-01-02T00:00:00Z', null, null),
        ('one', 'imp_2', 'shrunk', 'upsert', false, false, 'failed', '2026-01-01', '2026-01-01', '2026-01-03T00:00:00Z', 'mass_retirement', 'Gone.');
    insert into synced_sources (shop, id, name, url, mode, every_minutes, look_at, last_import, in_step_at, problem_code, problem_message)
      values ('one', 'src_1', 'feed', 'https://shop.example/feed', 'upsert', 60, '2026-04-01', 'imp_1', '2026-01-05T00:00:00Z', 'ingest.source.unreachable', 'Away.'),
        ('one', 'src_2', 'shrunk', 'https://shop.example/two', 'upsert', 60, '2026-04-01', 'imp_2', null, null, null)`,
  )
  expect(await freshness()).toMatchObject([
    { source: 'by hand', lastSuccessAt: null, problem: null },
    {
      source: 'feed',
      lastImportAt: '2026-01-02T00:00:00.000Z',
      lastSuccessAt: '2026-01-05T00:00:00.000Z',
      problem: { code: 'ingest.source.unreachable', message: 'Away.' },
    },
    { source: 'shrunk', lastSuccessAt: null, problem: { code: 'mass_retirement', message: 'Gone.' } },
  ])
})
