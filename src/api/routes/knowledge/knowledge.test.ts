import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { documentId } from '#domain/ids.ts'
import { type ApiBench, apiBench } from '../../../../test/fixtures/api-bench.ts'

let api: ApiBench
beforeAll(async () => {
  api = await apiBench()
})
afterAll(() => api.close())

const tent = {
  kind: 'product',
  title: 'TrailMaster X4 Tent',
  text: 'Sleeps four.',
  price: { amount: 25_000, currency: 'USD' },
}
const put = (id: string, body: object, key = api.keys.ingest) =>
  api.call('PUT', `/v1/documents/${encodeURIComponent(id)}`, { token: key, body })
const get = (id: string, key = api.keys.ingest) =>
  api.call('GET', `/v1/documents/${encodeURIComponent(id)}`, { token: key })

describe('a document', () => {
  test.each(['contoso/trailmaster-x4-tent', 'plain', 'a b/ü/%2F?#', 'tau2/bank_(general)_001'])(
    'named %s is stored and given back as it was sent',
    async (id) => {
      expect(await (await put(id, { id, ...tent })).json()).toMatchObject({ changed: true, chunks: 1, version: 1 })
      expect(await (await put(id, { id, ...tent })).json()).toMatchObject({ changed: false })
      const response = await get(id)
      expect(response.status).toBe(200)
      expect(await response.json()).toMatchObject({
        id,
        ...tent,
        version: 1,
        versions: [{ version: 1, title: tent.title }],
      })
    },
  )

  test('is 404 once deleted only if it never was, and 204 as often as it is deleted', async () => {
    await put('to-delete', tent)
    const remove = (id: string) => api.call('DELETE', `/v1/documents/${id}`, { token: api.keys.ingest })
    expect((await remove('to-delete')).status).toBe(204)
    expect((await remove('to-delete')).status).toBe(204)
    expect((await remove('never-there')).status).toBe(404)
  })

  test.each([
    ['an unknown field', { colour: 'red' }, ''],
    ['an unknown kind', { kind: 'video' }, 'kind'],
    ['money that is no integer', { price: { amount: 12.5, currency: 'EUR' } }, 'price.amount'],
    ['an unknown field in its scope', { scope: { country: 'DE' } }, 'scope'],
    ['a date that is none', { validUntil: 'tomorrow' }, 'validUntil'],
    ['an id that is not the one in the address', { id: 'other' }, 'id'],
  ])('with %s is refused with the place', async (_what, change, path) => {
    const response = await put('wrong', { ...tent, ...change })
    expect(response.status).toBe(400)
    const { errors } = (await response.json()) as { errors: { path: string }[] }
    expect(errors.map((error) => error.path)).toContain(path)
    expect((await get('wrong')).status).toBe(404)
  })

  test('may be written with scope ingest or admin, read also with read, and is another shop’s nothing', async () => {
    await put('guarded', tent)
    expect((await put('guarded', tent, api.keys.admin)).status).toBe(200)
    expect((await put('guarded', tent, api.keys.read)).status).toBe(403)
    expect((await put('guarded', tent, api.keys.events)).status).toBe(403)
    expect((await get('guarded', api.keys.read)).status).toBe(200)
    expect((await get('guarded', api.keys.otherAdmin)).status).toBe(404)
    expect((await put('guarded', tent, 'sk_unknown')).status).toBe(401)
    expect((await put('guarded', tent, (await api.shopper()).token)).status).toBe(401)
  })

  test('is listed in pages', async () => {
    const first = (await (await api.call('GET', '/v1/documents?limit=2', { token: api.keys.read })).json()) as {
      items: { id: string }[]
      nextCursor: string
    }
    const second = (await (
      await api.call('GET', `/v1/documents?limit=2&cursor=${first.nextCursor}`, { token: api.keys.read })
    ).json()) as { items: { id: string }[] }
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(4)
    expect((await api.call('GET', '/v1/documents?limit=0', { token: api.keys.read })).status).toBe(400)
    expect((await api.call('GET', '/v1/documents?page=2', { token: api.keys.read })).status).toBe(400)
  })
})

describe('an import', () => {
  const start = (raw: BodyInit, headers: Record<string, string> = {}, query = 'source=erp') =>
    api.call('POST', `/v1/imports?${query}`, {
      token: api.keys.ingest,
      raw,
      headers: { 'content-type': 'application/x-ndjson', ...headers },
    })

  test('takes a body larger than any JSON request may be, as it comes', async () => {
    const line = `${'x'.repeat(64 * 1024)}\n`
    let left = 40
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (left-- === 0) controller.close()
        else controller.enqueue(new TextEncoder().encode(line))
      },
    })
    const response = await start(body)
    expect(response.status).toBe(202)
    const { id } = (await response.json()) as { id: string }
    expect(api.imports.received.get(id)?.length).toBe(line.length * 40)
  })

  test('is found again in the list by whoever lost its id', async () => {
    const { id } = (await (await start('good\n', {}, 'source=lost')).json()) as { id: string }
    const found = await api.call('GET', '/v1/imports?source=lost&limit=1', { token: api.keys.read })
    expect(await found.json()).toMatchObject({ items: [{ id, source: 'lost', status: 'running' }], nextCursor: null })
    expect((await api.call('GET', '/v1/imports', { token: api.keys.events })).status).toBe(403)
  })

  test('tells its state and, line by line, its errors', async () => {
    const { id } = (await (
      await start('good\nbad\ngood\nbad\n', {}, 'source=erp&mode=replace&dryRun=true')
    ).json()) as { id: string }
    expect(await (await api.call('GET', `/v1/imports/${id}`, { token: api.keys.read })).json()).toMatchObject({
      id,
      status: 'running',
      mode: 'replace',
      dryRun: true,
      rejected: 2,
      finishedAt: null,
    })
    const errors = await api.call('GET', `/v1/imports/${id}/errors`, { token: api.keys.read })
    expect(errors.headers.get('content-type')).toBe('application/x-ndjson')
    expect(
      (await errors.text())
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { line: number }).line),
    ).toEqual([2, 4])
  })

  test.each([
    ['application/x-ndjson', 'ndjson'],
    ['text/csv; charset=utf-8', 'csv'],
    ['text/tab-separated-values', 'csv'],
    ['application/xml', 'xml'],
    ['application/atom+xml', 'xml'],
    ['text/markdown', 'markdown'],
  ])('of type %s is read as %s, with what is said of the file', async (type, format) => {
    const query = new URLSearchParams({
      source: 'erp',
      mapping: '{"columns":{}}',
      currency: 'EUR',
      site: 'https://a.example',
    })
    const { id } = (await (await start('x', { 'content-type': type }, String(query))).json()) as { id: string }
    expect(api.imports.files.get(id)).toEqual({
      format,
      mapping: '{"columns":{}}',
      currency: 'EUR',
      site: 'https://a.example',
    })
  })

  test('gives its rejected rows back, and the answers a dry run would change, to whoever may read', async () => {
    const { id } = (await (await start('good\nbad\ngood\nbad\n')).json()) as { id: string }
    const get = (what: string, token = api.keys.read) => api.call('GET', `/v1/imports/${id}/${what}`, { token })
    const rejected = await get('rejected')
    expect([rejected.headers.get('content-type'), await rejected.text()]).toEqual([
      'application/x-ndjson',
      'bad\nbad\n',
    ])
    const affected = await get('affected-answers')
    expect([affected.status, affected.headers.get('content-type'), await affected.text()]).toEqual([
      200,
      'application/x-ndjson',
      '',
    ])
    for (const what of ['rejected', 'affected-answers'])
      expect([(await get(what, api.keys.otherAdmin)).status, (await get(what, api.keys.events)).status]).toEqual([
        404, 403,
      ])
  })

  test('is cancelled once, and the second time left as it is', async () => {
    const { id } = (await (await start('good\n')).json()) as { id: string }
    const cancel = async () =>
      (await (await api.call('POST', `/v1/imports/${id}/cancel`, { token: api.keys.ingest })).json()) as {
        status: string
        finishedAt: string
      }
    const first = await cancel()
    expect(first.status).toBe('cancelled')
    expect(await cancel()).toEqual(first)
    expect((await api.call('GET', `/v1/imports/${id}`, { token: api.keys.otherAdmin })).status).toBe(404)
  })

  test.each([
    ['of another type', { 'content-type': 'application/pdf' }, 'source=erp', 415],
    ['without a source', {}, 'mode=upsert', 400],
    ['in an unknown mode', {}, 'source=erp&mode=merge', 400],
  ])('%s is refused', async (_what, headers, query, status) => {
    expect((await start('good\n', headers as Record<string, string>, query)).status).toBe(status)
  })

  test('is one import for the same Idempotency-Key with the same file, and 409 with another', async () => {
    const key = { 'idempotency-key': 'nightly-1' }
    const first = await (await start('good\n', key)).json()
    expect(await (await start('good\n', key)).json()).toEqual(first)
    const other = await start('another\n', key)
    expect([other.status, await other.json()]).toEqual([409, expect.objectContaining({ code: 'idempotency_mismatch' })])
  })
})

test('a search gives passages with their scores, and explains itself when asked', async () => {
  const chunk = {
    id: 'chk_1',
    documentId: documentId('returns'),
    documentVersion: 1,
    kind: 'policy',
    position: 0,
    title: 'Returns',
    headingPath: ['Returns', 'Period'],
    aliases: [],
    text: 'Within 30 days.',
    contentHash: 'h',
    scope: {},
    attributes: {},
    updatedAt: '2026-01-01T00:00:00.000Z',
  } as const
  const scores = { fused: 1, sparse: 1, ngram: 0.5, phrase: 0, cosine: null, exact: 0 }
  api.searches(async () => ({
    passages: [{ chunk: { ...chunk, headingPath: [...chunk.headingPath], aliases: [] }, score: 1, scores }],
    terms: [{ word: 'return', stem: 'return', weight: 2, documentFrequency: 3 }],
    questionVector: null,
  }))
  const search = async (body: object) =>
    (await (await api.call('POST', '/v1/search', { token: api.keys.read, body })).json()) as object
  expect(await search({ query: 'return period' })).toEqual({
    items: [
      {
        documentId: 'returns',
        chunkId: 'chk_1',
        title: 'Returns',
        headingPath: ['Returns', 'Period'],
        text: 'Within 30 days.',
        score: 1,
        scores,
      },
    ],
  })
  expect(await search({ query: 'return period', explain: true })).toMatchObject({
    items: [{ kind: 'policy', documentVersion: 1 }],
    terms: [{ word: 'return' }],
  })
  expect(await search({ query: '' })).toMatchObject({ code: 'api.request.invalid', errors: [{ path: 'query' }] })
})

const UNLIMITED = {
  lastSuccessAt: null,
  problem: null,
  maxAgeDays: null,
  tooOld: 0,
  lastImportAt: null,
  nextRunAt: null,
  staleAnswers: { count: 0, items: [] },
}

test('freshness is told by source, with what is overdue', async () => {
  const document = (id: string, updatedAt: string, validUntil?: string) =>
    `('one', '${id}', 1, 'h', 't', '${JSON.stringify({ updatedAt, validUntil })}', '2026-01-01')`
  await api.asOwner(
    `insert into documents (shop, id, source, kind, version, content_hash) values ('one', 'a', 'erp', 'faq', 1, 'h'), ('one', 'b', 'erp', 'faq', 1, 'h'), ('one', 'c', 'cms', 'faq', 1, 'h'), ('two', 'd', 'erp', 'faq', 1, 'h')`,
  )
  await api.asOwner(
    `insert into document_versions (shop, document_id, version, content_hash, title, body, stored_at) values ${[document('a', '2025-02-01T00:00:00Z', '2025-03-01T00:00:00Z'), document('b', '2026-02-01T00:00:00Z'), document('c', '2026-01-01T00:00:00Z')].join(', ')}`,
  )
  const { items } = (await (await api.call('GET', '/v1/knowledge/freshness', { token: api.keys.read })).json()) as {
    items: object[]
  }
  expect(items).toEqual([
    {
      source: 'cms',
      documents: 1,
      newest: '2026-01-01T00:00:00.000Z',
      oldest: '2026-01-01T00:00:00.000Z',
      overdue: 0,
      ...UNLIMITED,
    },
    {
      source: 'erp',
      documents: 2,
      newest: '2026-02-01T00:00:00.000Z',
      oldest: '2025-02-01T00:00:00.000Z',
      overdue: 1,
      ...UNLIMITED,
    },
  ])
})
