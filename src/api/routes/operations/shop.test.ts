import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ApiBench, apiBench } from '../../../../test/fixtures/api-bench.ts'

let api: ApiBench
beforeAll(async () => {
  api = await apiBench()
})
afterAll(() => api.close())

const SETTINGS = {
  name: 'Larkhaven',
  defaultLocale: 'en-GB',
  support: {
    timeZone: 'Europe/Berlin',
    days: { mon: ['09:00', '18:00'], sun: ['00:00', '24:00'] },
    replyWithinMinutes: 90,
    queue: 'care',
  },
  assistant: { name: 'Wren' },
  privacy: { version: '1', notice: 'We keep this chat.', url: 'https://shop.example/privacy', consent: 'none' },
  starters: ['Where is my order?'],
  locales: ['en', 'de'],
  retentionDays: 30,
}
const read = (token = api.keys.admin) => api.call('GET', '/v1/shop', { token })
const write = (body: object, etag: string | null, token = api.keys.admin, extra: Record<string, string> = {}) =>
  api.call('PUT', '/v1/shop', { token, body, headers: { ...(etag ? { 'if-match': etag } : {}), ...extra } })
const etag = async () => (await read()).headers.get('etag') ?? ''
const problem = async (response: Response) => {
  const { code, errors } = (await response.json()) as { code: string; errors?: { path: string }[] }
  return { status: response.status, code, paths: errors?.map(({ path }) => path) }
}

beforeEach(async () => {
  await api.shops.put({ id: api.shop, name: 'one', defaultLocale: 'en', currency: 'EUR', settings: {} }, api.signal)
})

describe('the settings of a shop', () => {
  test('are careful defaults until somebody sets them', async () => {
    expect(await (await read()).json()).toEqual({
      name: 'one',
      defaultLocale: 'en',
      support: expect.objectContaining({ timeZone: 'UTC', replyWithinMinutes: 120, queue: 'support' }),
      assistant: { name: 'Assistant' },
      privacy: { version: '1', notice: '', url: null, consent: 'none' },
      starters: [],
      locales: [],
      retentionDays: 365,
    })
  })

  test('are what was written, for everybody who reads them and for this shop alone', async () => {
    const response = await write(SETTINGS, await etag())
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual(SETTINGS)
    const again = await read()
    expect(again.headers.get('etag')).toBe(response.headers.get('etag'))
    expect(await again.json()).toEqual(SETTINGS)
    expect(await api.shops.get(api.shop, api.signal)).toMatchObject({ ...SETTINGS, currency: 'EUR' })
    expect(await (await read(api.keys.otherAdmin)).json()).toMatchObject({ name: 'two', retentionDays: 365 })
  })

  test('can be sent back as they were read', async () => {
    const response = await read()
    const settings = (await response.json()) as object
    expect((await write(settings, response.headers.get('etag'))).status).toBe(200)
  })

  test('leave what else is stored of the shop', async () => {
    const shop = { id: api.shop, name: 'one', defaultLocale: 'en', currency: 'EUR' }
    await api.shops.put({ ...shop, settings: { complete: true } }, api.signal)
    await write(SETTINGS, await etag())
    expect((await api.shops.get(api.shop, api.signal))?.settings).toMatchObject({ complete: true })
  })

  test('keep each what can be read where another cannot', async () => {
    const settings = {
      assistant: { name: '' },
      starters: ['Hello?'],
      support: { timeZone: 'Nowhere' },
      retentionDays: 9,
    }
    const shop = { id: api.shop, name: 'one', defaultLocale: 'en', currency: 'EUR' }
    await api.shops.put({ ...shop, settings }, api.signal)
    expect(await api.shops.get(api.shop, api.signal)).toMatchObject({
      assistant: { name: 'Assistant' },
      starters: ['Hello?'],
      support: { timeZone: 'UTC' },
      retentionDays: 9,
    })
  })
})

describe('a change', () => {
  test('needs the state it was made from', async () => {
    expect(await problem(await write(SETTINGS, null))).toMatchObject({ status: 428, code: 'api.shop.if_match_missing' })
    for (const tag of ['"0"', '*', 'W/"1"', `${await etag()}, "0"`])
      expect(await problem(await write(SETTINGS, tag))).toMatchObject({ status: 412, code: 'api.shop.changed' })
  })

  test('is refused when somebody else was faster, also in the same moment', async () => {
    const tag = await etag()
    const changes = ['A', 'B', 'C', 'D'].map((name) => write({ ...SETTINGS, name }, tag))
    const statuses = (await Promise.all(changes)).map(({ status }) => status)
    expect(statuses.sort()).toEqual([200, 412, 412, 412])
  })

  test('that is repeated with its Idempotency-Key is the same change', async () => {
    const tag = await etag()
    const once = await write(SETTINGS, tag, api.keys.admin, { 'idempotency-key': 'change-1' })
    const twice = await write(SETTINGS, tag, api.keys.admin, { 'idempotency-key': 'change-1' })
    expect([once.status, twice.status]).toEqual([200, 200])
    expect(await etag()).toBe(once.headers.get('etag'))
  })

  test('is the admin’s alone', async () => {
    for (const token of [api.keys.read, api.keys.ingest, api.keys.events])
      expect([(await read(token)).status, (await write(SETTINGS, '"1"', token)).status]).toEqual([403, 403])
    expect((await api.call('GET', '/v1/shop')).status).toBe(401)
    const { token } = await api.shopper()
    expect((await read(token)).status).toBe(401)
  })

  test.each([
    ['name', { name: ' ' }],
    ['defaultLocale', { defaultLocale: 'english' }],
    ['support.timeZone', { support: { ...SETTINGS.support, timeZone: 'Berlin' } }],
    ['support.days.mon', { support: { ...SETTINGS.support, days: { mon: ['18:00', '09:00'] } } }],
    ['support.days.mon.1', { support: { ...SETTINGS.support, days: { mon: ['09:00', '25:00'] } } }],
    ['support.days', { support: { ...SETTINGS.support, days: { mo: ['09:00', '18:00'] } } }],
    ['support.replyWithinMinutes', { support: { ...SETTINGS.support, replyWithinMinutes: 0 } }],
    ['assistant.name', { assistant: { name: 'x'.repeat(61) } }],
    ['privacy.url', { privacy: { ...SETTINGS.privacy, url: 'javascript:alert(1)' } }],
    ['privacy.notice', { privacy: { ...SETTINGS.privacy, notice: '', consent: 'required' } }],
    ['starters', { starters: ['a?', 'a?'] }],
    ['starters.1', { starters: ['a?', ''] }],
    ['locales.0', { locales: ['en_GB'] }],
    ['retentionDays', { retentionDays: 0 }],
    ['retentionDays', { retentionDays: undefined }],
  ])('names the field that cannot be used: %s', async (path, change) => {
    const response = await problem(await write({ ...SETTINGS, ...change }, await etag()))
    expect(response).toEqual({ status: 400, code: 'api.request.invalid', paths: [path] })
  })

  test('of a notice that needs consent needs another version', async () => {
    const asking = { ...SETTINGS.privacy, version: '2', consent: 'required' }
    expect((await write({ ...SETTINGS, privacy: asking }, await etag())).status).toBe(200)
    const reworded = { ...asking, notice: 'We keep this chat for ten years.' }
    expect(await problem(await write({ ...SETTINGS, privacy: reworded }, await etag()))).toEqual({
      status: 422,
      code: 'api.shop.privacy_version',
      paths: ['privacy.version'],
    })
    // Nor on the way there: switched off, reworded and switched on again it would be the same version.
    const off = { ...reworded, consent: 'none' }
    expect((await write({ ...SETTINGS, privacy: off }, await etag())).status).toBe(422)
    expect((await write({ ...SETTINGS, privacy: { ...reworded, version: '3' } }, await etag())).status).toBe(200)
  })
})
