import { afterEach, beforeEach, expect, test } from 'vitest'
import { postgresFindings } from '#db/findings/findings.postgres.ts'
import { postgresDocuments } from '#db/knowledge/documents.postgres.ts'
import type { ShopDocument } from '#domain/document.ts'
import { documentId } from '#domain/ids.ts'
import { type ApiBench, apiBench } from '../../../../test/fixtures/api-bench.ts'
import { contentFindings } from '../../../ingest/findings/content-findings.ts'
import { prepareDocument } from '../../../ingest/prepare-document.ts'

let api: ApiBench
beforeEach(async () => {
  api = await apiBench()
})
afterEach(() => api.close())

type Page = {
  items: { id: string; kind: string }[]
  nextCursor: string | null
  lookedAt: string | null
  complete: boolean
}

async function listed(query = '', token = api.keys.read): Promise<Page> {
  const response = await api.call('GET', `/v1/knowledge/findings${query}`, { token })
  expect(response.status).toBe(200)
  return (await response.json()) as Page
}

test('findings are told with quotes, reason and what to do, and whether all has been looked at', async () => {
  const document = { kind: 'product', title: 'Cup', text: '# Cup', category: 'Cups' } as const
  const put = (id: string, given: Partial<ShopDocument> = {}) =>
    postgresDocuments(api.database, api.clock).putAll(
      api.shop,
      'feed',
      [prepareDocument({ ...document, ...given, id: documentId(id) })],
      api.signal,
    )
  await put('cup')
  await put('mug', {
    title: 'Mug',
    text: 'A mug for tea, coffee and soup. It weighs 2 kg.',
    attributes: { weight: '300 g' },
  })
  expect(await listed()).toEqual({ items: [], nextCursor: null, lookedAt: null, complete: false })
  await contentFindings(postgresFindings(api.database), api.clock).pass(api.shop, api.signal)
  const page = await listed()
  expect(page).toMatchObject({ nextCursor: null, complete: true })
  expect(page.lookedAt).not.toBeNull()
  expect(page.items.map(({ kind }) => kind).sort()).toEqual(['contradiction', 'missing_description'])
  expect((await listed('?kind=contradiction&source=feed')).items).toEqual([
    {
      id: expect.stringMatching(/^fnd_/),
      kind: 'contradiction',
      documents: [{ id: 'mug', version: 1, title: 'Mug', source: 'feed' }],
      documentCount: 1,
      quotes: [
        { documentId: 'mug', field: 'weight', text: '300 g' },
        { documentId: 'mug', text: 'It weighs 2 kg.' },
      ],
      why: 'The text and the fields of the product do not agree (weight).',
      todo: expect.stringContaining('correct'),
      foundAt: expect.any(String),
    },
  ])
  const first = await listed('?limit=1')
  const second = await listed(`?limit=1&cursor=${first.nextCursor}`)
  expect([...first.items, ...second.items]).toEqual(page.items)
  expect((await listed('', api.keys.otherAdmin)).items).toEqual([])
})

test('findings are for people at the desk and for keys that read or bring content', async () => {
  const viewer = await api.operator('viewer')
  const { ingest, read, events } = api.keys
  for (const token of [viewer.token, ingest, read]) await listed('', token)
  const status = async (path: string, token?: string) =>
    (await api.call('GET', `/v1/knowledge/findings${path}`, token ? { token } : {})).status
  expect([await status(''), await status('', events), await status('?kind=nonsense', read)]).toEqual([401, 403, 400])
})

test('the attributes of a source are told with what they are', async () => {
  const product = (at: number) =>
    prepareDocument({
      ...{ id: documentId(`p${at}`), kind: 'product', title: `Thing ${at}`, text: '', category: 'Things' },
      attributes: {
        weight: at % 2 ? `${at} kg` : { value: at * 1000, unit: 'g' },
        price: `${at}.50 €`,
        waterproof: at % 2 ? 'yes' : false,
        colour: ['red', 'blue', 'red'][at % 3] ?? '',
        parts: at === 3 ? 'n/a' : at,
        note: `Text ${at}`,
        ...(at < 9 ? { size: at % 2 ? 'M' : 38 } : {}),
      },
    })
  const products = Array.from({ length: 12 }, (_, at) => product(at + 1))
  await postgresDocuments(api.database, api.clock).putAll(api.shop, 'feed', products, api.signal)
  await contentFindings(postgresFindings(api.database), api.clock).pass(api.shop, api.signal)
  const attributes = async (source: string) => {
    const response = await api.call('GET', `/v1/knowledge/attributes?source=${source}`, { token: api.keys.read })
    return ((await response.json()) as { items: object[] }).items
  }
  const all = { products: 12, empty: 0 }
  expect(await attributes('feed')).toEqual([
    { name: 'colour', type: 'enumeration', values: ['red', 'blue'], ...all },
    { name: 'note', type: 'text', ...all },
    { name: 'parts', type: 'number', products: 12, empty: 1 },
    { name: 'price', type: 'money', unit: 'EUR', ...all },
    { name: 'waterproof', type: 'boolean', ...all },
    { name: 'weight', type: 'measure', unit: 'kg', ...all },
    { name: 'size', type: 'mixed', products: 8, empty: 0 },
  ])
  expect(await attributes('other')).toEqual([])
})
