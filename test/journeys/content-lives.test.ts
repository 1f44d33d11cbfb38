import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Purser, startPurser } from '#app/embedded.ts'
import { type InstanceKeys, readKeys } from '#app/keys.ts'
import { readConfig } from '#config.ts'
import { callInstance, shopperAt } from '../fixtures/shopper.ts'

const { signal } = new AbortController()
let folder: string
let purser: Purser
let keys: InstanceKeys

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'purser-content-'))
  await mkdir(join(folder, 'feeds'))
  const settings = { PORT: '0', PURSER_LOG_LEVEL: 'silent', PURSER_RATE_LIMITS: '0', PURSER_DEMO: 'false' }
  const own = { PURSER_DATA: join(folder, 'data'), PURSER_SOURCE_FOLDERS: join(folder, 'feeds') }
  purser = await startPurser(readConfig({ ...settings, ...own }), signal)
  keys = (await readKeys(own.PURSER_DATA, signal)) as InstanceKeys
}, 60_000)

afterAll(async () => {
  await purser?.close(signal)
  await rm(folder, { recursive: true, force: true })
}, 30_000)

const call = (method: string, path: string, body?: object) =>
  callInstance(purser.url, method, path, { token: keys.adminKey, ...(body ? { body } : {}) })
const at = (id: string) => `/v1/documents/${encodeURIComponent(id)}`
const QUESTION = 'When does the gannet ferry leave?'
const faq = (text: string) => ({ kind: 'faq', locale: 'en', title: QUESTION, text })
const answer = async () => JSON.stringify(await (await shopperAt(purser.url, keys)).ask(QUESTION))
async function found(query: string): Promise<string[]> {
  const { items } = (await call('POST', '/v1/search', { query })).json as { items: { documentId: string }[] }
  return items.map(({ documentId }) => documentId)
}

describe('content', () => {
  test('has a history: an earlier version can be read, brought back and is quoted again', async () => {
    await call('PUT', at('faq/ferry'), faq('The gannet ferry leaves at 07:15.'))
    await call('PUT', at('faq/ferry'), faq('The gannet ferry leaves at 09:45.'))
    expect(await answer()).toContain('09:45')
    expect((await call('GET', `${at('faq/ferry')}/versions/1`)).json).toMatchObject({
      version: 1,
      text: 'The gannet ferry leaves at 07:15.',
    })
    expect((await call('GET', `${at('faq/ferry')}/versions/9`)).status).toBe(404)
    expect((await call('POST', `${at('faq/ferry')}/restore`, { version: 9 })).status).toBe(404)
    expect((await call('POST', `${at('faq/ferry')}/restore`, { version: 1 })).json).toMatchObject({
      changed: true,
      version: 3,
    })
    const restored = await answer()
    expect(restored).toContain('07:15')
    expect(restored).not.toContain('09:45')
    expect((await call('GET', at('faq/ferry'))).json).toMatchObject({ source: 'api', version: 3 })
  })

  test('says what differs between two of its versions, and refuses to compare what is not there', async () => {
    const id = 'faq/puffin-ferry'
    await call('PUT', at(id), faq('The puffin ferry leaves at 07:15.'))
    await call('PUT', at(id), { ...faq('The puffin ferry leaves at 09:45.'), validUntil: '2027-01-01T00:00:00Z' })
    const differing = {
      id,
      from: { version: 1, title: QUESTION },
      to: { version: 2 },
      differs: true,
      fields: [{ field: 'validUntil', before: null, after: '2027-01-01T00:00:00Z' }],
      passages: [
        { change: 'changed', before: expect.stringContaining('07:15'), after: expect.stringContaining('09:45') },
      ],
      complete: true,
    }
    const ask = (query: string, of = id) => call('GET', `${at(of)}/difference${query}`)
    expect((await ask('?from=1')).json).toMatchObject(differing)
    expect((await ask('?from=2&to=1')).json).toMatchObject({ from: { version: 2 }, counts: { fields: 1, changed: 1 } })
    expect((await ask('?from=2')).json).toMatchObject({ differs: false, fields: [], passages: [], complete: true })
    await call('DELETE', at(id))
    expect((await ask('?from=1&to=2')).json).toMatchObject(differing)
    expect((await ask('?from=1&to=9')).json).toMatchObject({ code: 'api.document_version.unknown', status: 404 })
    expect((await ask('?from=1', 'faq/nowhere')).json).toMatchObject({ code: 'api.document.unknown', status: 404 })
    for (const wrong of ['', '?to=2', '?from=0', '?from=one', '?from=1.5', '?from=99999999999', '?from=1&since=2'])
      expect((await ask(wrong)).status, wrong).toBe(400)
    const shopper = await callInstance(purser.url, 'GET', `${at(id)}/difference?from=1`, {})
    expect(shopper.status).toBe(401)
  })

  test('that is deleted is in no answer and no search from then on, and can be brought back', async () => {
    await call('PUT', at('faq/ferry'), faq('The gannet ferry leaves at 07:15.'))
    expect(await found('gannet ferry')).toContain('faq/ferry')
    expect((await call('DELETE', at('faq/ferry'))).status).toBe(204)
    expect(await found('gannet ferry')).not.toContain('faq/ferry')
    expect(await answer()).not.toContain('07:15')
    await call('POST', `${at('faq/ferry')}/restore`, { version: 1 })
    expect(await found('gannet ferry')).toContain('faq/ferry')
    expect(await answer()).toContain('07:15')
  })

  test('of a source is read as soon as somebody wants it, with its result', async () => {
    const file = join(folder, 'feeds', 'help.jsonl')
    const row = (text: string) =>
      `${JSON.stringify({ id: 'article/puffin', kind: 'article', title: 'Puffins', text })}\n`
    await writeFile(file, row('The puffin tour starts at the old pier.'))
    const source = { name: 'help', url: pathToFileURL(file).href, everyMinutes: 1440 }
    const { id } = (await call('POST', '/v1/sources', source)).json as { id: string }
    type Listed = { last: { outcome: string } | null; import: { id: string; status: string } | null }
    const listed = async () => ((await call('GET', '/v1/sources')).json as { items: Listed[] }).items[0] as Listed
    await vi.waitFor(async () => expect((await listed()).import?.status).toBe('done'), { timeout: 8_000 })
    const first = (await listed()).import?.id
    expect(await found('puffin tour')).toContain('article/puffin')
    await writeFile(file, row('The puffin tour starts at the new pier.'))
    expect((await call('POST', `/v1/sources/${id}/sync`)).status).toBe(202)
    await vi.waitFor(
      async () => {
        const made = (await listed()).import
        expect(made?.status).toBe('done')
        expect(made?.id).not.toBe(first)
      },
      { timeout: 8_000 },
    )
    expect((await listed()).last).toMatchObject({ outcome: 'imported' })
    expect((await call('GET', at('article/puffin'))).json).toMatchObject({ version: 2, source: 'help' })
  })

  test('that every page repeats is found on one of them, and the others are found by what is their own', async () => {
    const own = [
      'heron',
      'osprey',
      'plover',
      'curlew',
      'dunlin',
      'avocet',
      'godwit',
      'whimbrel',
      'turnstone',
      'sanderling',
    ]
    const rows = own.map((bird) => ({
      ...{ id: `product/${bird}`, kind: 'product', title: `Lamp ${bird}`, category: 'Lamps' },
      text: `A lamp with the shape of a ${bird}. Lovingly wrapped by the whole lighthouse crew.`,
    }))
    const sent = await fetch(`${purser.url}/v1/imports?source=lamps`, {
      method: 'POST',
      headers: { authorization: `Bearer ${keys.ingestKey}`, 'content-type': 'application/x-ndjson' },
      body: rows.map((row) => JSON.stringify(row)).join('\n'),
    })
    const { id } = (await sent.json()) as { id: string }
    await vi.waitFor(
      async () => expect((await call('GET', `/v1/imports/${id}`)).json).toMatchObject({ status: 'done' }),
      { timeout: 8_000 },
    )
    type Found = { items: { documentId: string; text: string }[] }
    const { items } = (await call('POST', '/v1/search', { query: 'wrapped by the lighthouse crew', limit: 20 }))
      .json as Found
    const wrapped = items.filter(({ text }) => text.includes('lighthouse crew'))
    expect(wrapped.map(({ documentId }) => documentId)).toEqual(['product/avocet'])
    expect((await found('lamp whimbrel'))[0]).toBe('product/whimbrel')
    expect((await call('GET', at('product/whimbrel'))).json).toMatchObject({
      text: 'A lamp with the shape of a whimbrel. Lovingly wrapped by the whole lighthouse crew.',
    })
  })

  test('that stands there twice is shown once, and the copy says of what', async () => {
    const text =
      'The cormorant club meets on the first Sunday of every month at the boat house, brings its own tea and its own chairs, talks about what was seen on the water since the last time, and ends when the last lamp of the harbour has been lit by the keeper.'
    for (const id of ['article/club', 'article/club-old', 'page/club'])
      await call('PUT', at(id), { kind: 'article', locale: 'en', title: 'Cormorant club', text })
    const clubs = (await found('cormorant club')).filter((id) => id.includes('club'))
    expect(clubs).toHaveLength(1)
    await vi.waitFor(
      async () =>
        expect((await call('GET', at('page/club'))).json).toMatchObject({
          duplicateOf: { id: 'article/club', kind: 'exact_duplicate' },
        }),
      { timeout: 20_000, interval: 250 },
    )
    await call('DELETE', at(clubs[0] ?? ''))
    expect((await found('cormorant club')).filter((id) => id.includes('club'))).toHaveLength(1)
  }, 30_000)
})
