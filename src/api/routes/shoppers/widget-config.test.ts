import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiBench, apiBench, ORIGIN, SHOP_ORIGIN } from '../../../../test/fixtures/api-bench.ts'

let api: ApiBench
const support = {
  timeZone: 'Europe/Berlin',
  days: { mon: ['09:00', '18:00'], wed: ['09:00', '18:00'] },
  replyWithinMinutes: 60,
  queue: 'care',
}
const settings = {
  support,
  assistant: { name: 'Wren' },
  privacy: { version: '7', notice: 'We keep this chat.', url: 'https://shop.example/privacy', consent: 'none' },
  starters: ['Where is my order?'],
  locales: ['en', 'de'],
  retentionDays: 30,
}

beforeAll(async () => {
  api = await apiBench()
  await api.shops.put({ id: api.shop, name: 'One', defaultLocale: 'en', currency: 'EUR', settings }, api.signal)
})
afterAll(() => api.close())

const config = (query = `key=${api.keys.publicKey}`, headers: Record<string, string> = { origin: SHOP_ORIGIN }) =>
  api.call('GET', `/v1/widget?${query}`, { headers })

describe('the configuration of the widget', () => {
  test('is what the shop set, and nothing a shopper has no business with', async () => {
    const response = await config()
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({
      shop: { name: 'One' },
      assistant: { name: 'Wren' },
      privacy: settings.privacy,
      // 4 March 2026 was a Wednesday; it is about eleven in Berlin.
      support: { open: true, opensAt: null, timeZone: 'Europe/Berlin', replyWithinMinutes: 60 },
      starters: ['Where is my order?'],
      defaultLocale: 'en',
      locale: 'en',
      retentionDays: 30,
    })
  })

  test('may be kept for a minute by the browser that asked', async () => {
    expect((await config()).headers.get('cache-control')).toBe('private, max-age=60')
  })

  test('names the language to speak', async () => {
    const spoken = async (locale: string) =>
      ((await (await config(`key=${api.keys.publicKey}&locale=${locale}`)).json()) as { locale: string }).locale
    expect(await Promise.all(['de-AT', 'fr', 'EN', 'x!'].map(spoken))).toEqual(['de', 'en', 'en', 'en'])
  })

  test('stores nothing and opens no session', async () => {
    const sessions = () => api.asOwner('select count(*) as n from sessions')
    const before = await sessions()
    await config()
    expect(await sessions()).toEqual(before)
  })

  test.each([
    ['a page of the shop', SHOP_ORIGIN, 200, SHOP_ORIGIN],
    ['our own page', ORIGIN, 200, ORIGIN],
    ['a page of somebody else', 'https://evil.example', 403, null],
    ['a sandboxed frame', 'null', 403, null],
  ])('is for %s', async (_who, origin, status, allowed) => {
    const response = await config(undefined, { origin })
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([status, allowed])
    expect(response.headers.get('vary')).toMatch(/origin/i)
  })

  test('comes without an Origin too, as browsers send none to their own site', async () => {
    expect((await config(undefined, {})).status).toBe(200)
  })

  test.each([
    ['key=pk_none', 401],
    ['', 400],
  ])('is refused for the query %j', async (query, status) => {
    expect((await config(query)).status).toBe(status)
  })

  test('says when people answer again', async () => {
    api.clock.move(9 * 3_600_000)
    const body = (await (await config()).json()) as { support: object }
    expect(body.support).toMatchObject({ open: false, opensAt: '2026-03-09T08:00:00.000Z' })
  })
})

test('a caller who asks without end is told to wait', async () => {
  const strict = await apiBench(0.005)
  try {
    const ask = () => strict.call('GET', `/v1/widget?key=${strict.keys.publicKey}`, { headers: { origin: ORIGIN } })
    const statuses = []
    for (let asked = 0; asked < 5; asked++) statuses.push((await ask()).status)
    expect(statuses).toEqual([200, 200, 200, 429, 429])
  } finally {
    await strict.close()
  }
})
