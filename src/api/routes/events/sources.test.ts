import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiBench, apiBench } from '../../../../test/fixtures/api-bench.ts'

let api: ApiBench
beforeAll(async () => {
  api = await apiBench()
})
afterAll(() => api.close())

type Source = { id: string; name: string; code?: string }
const call = async (method: string, path: string, body?: object, token = api.keys.ingest) => {
  const response = await api.call(method, path, { token, ...(body ? { body } : {}) })
  const text = await response.text()
  return { status: response.status, body: (text ? JSON.parse(text) : null) as Source & { items: Source[] } }
}
const feed = { name: 'feed', url: 'https://shop.example/feed.xml' }

describe('synced sources', () => {
  test('are added, listed, hastened and removed', async () => {
    const { status, body: added } = await call('POST', '/v1/sources', feed)
    expect(status).toBe(201)
    expect(added).toMatchObject({
      ...feed,
      id: expect.stringMatching(/^src_/),
      mode: 'upsert',
      everyMinutes: 60,
      lastSuccessAt: null,
      last: null,
      import: null,
    })
    expect((await call('GET', '/v1/sources')).body).toEqual({ items: [added], nextCursor: null })
    expect(await call('GET', `/v1/sources/${added.id}`)).toEqual({ status: 200, body: added })
    expect((await call('GET', '/v1/sources/src_none')).status).toBe(404)
    expect((await call('POST', `/v1/sources/${added.id}/sync?allowRetire=maybe`)).status).toBe(400)
    expect(await call('POST', `/v1/sources/${added.id}/sync?allowRetire=true`)).toMatchObject({
      status: 202,
      body: { id: added.id },
    })
    expect(await call('POST', '/v1/sources', feed)).toMatchObject({ status: 409, body: { code: 'source_taken' } })
    expect((await call('DELETE', `/v1/sources/${added.id}`)).status).toBe(204)
    expect(await call('DELETE', `/v1/sources/${added.id}`)).toMatchObject({
      status: 404,
      body: { code: 'api.source.unknown' },
    })
    expect((await call('GET', '/v1/sources')).body.items).toEqual([])
  })

  test.each([
    'http://127.0.0.1/feed.csv',
    'http://169.254.169.254/x.csv',
    'https://a:b@shop.example/x.csv',
    'gopher://x',
    'file:///etc/passwd',
  ])('are refused at %s', async (url) => {
    expect(await call('POST', '/v1/sources', { ...feed, url })).toMatchObject({
      status: 422,
      body: { code: 'ingest.source.forbidden' },
    })
  })

  test.each([{ everyMinutes: 0 }, { format: 'pdf' }, { name: '' }, { colour: 'red' }])(
    'are refused with %j',
    async (odd) => {
      expect((await call('POST', '/v1/sources', { ...feed, ...odd })).status).toBe(400)
    },
  )

  test.each([
    [{ mapping: '{bad' }, 'ingest.mapping.invalid'],
    [{ currency: 'EU' }, 'ingest.import.option'],
    [{ site: 'shop' }, 'ingest.import.option'],
  ])('are refused with %j, before anything is fetched', async (odd, code) => {
    expect(await call('POST', '/v1/sources', { ...feed, ...odd })).toMatchObject({ status: 422, body: { code } })
  })

  test('are the own shop’s alone, and for keys that ingest', async () => {
    const { body } = await call('POST', '/v1/sources', { ...feed, name: 'own' })
    expect((await call('GET', '/v1/sources', undefined, api.keys.otherAdmin)).body.items).toEqual([])
    expect((await call('POST', `/v1/sources/${body.id}/sync`, undefined, api.keys.otherAdmin)).status).toBe(404)
    expect((await call('POST', '/v1/sources', feed, api.keys.read)).status).toBe(403)
    expect((await call('GET', '/v1/sources', undefined, api.keys.read)).status).toBe(200)
  })
})
