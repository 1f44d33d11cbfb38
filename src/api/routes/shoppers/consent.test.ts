import { SignJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ApiBench, apiBench, ORIGIN } from '../../../../test/fixtures/api-bench.ts'

let api: ApiBench
beforeAll(async () => {
  api = await apiBench()
})
afterAll(() => api.close())

const NOTICE = { version: '2026-02', notice: 'We keep this chat for a year.', url: null }

async function asks(consent: 'none' | 'required', version = NOTICE.version): Promise<void> {
  const settings = { privacy: { ...NOTICE, version, consent } }
  await api.shops.put({ id: api.shop, name: 'one', defaultLocale: 'en', currency: 'EUR', settings }, api.signal)
}
const open = (body: object) =>
  api.call('POST', '/v1/sessions', { body: { publicKey: api.keys.publicKey, ...body }, headers: { origin: ORIGIN } })

/** Every row of every table that is not the shop's own, as the database's owner sees it. */
async function everythingStored(): Promise<unknown> {
  const tables = await api.asOwner(
    `select tablename as name from pg_tables where schemaname = 'public' and tablename !~ '^(shops|kysely_)'`,
  )
  const rows = tables.map(({ name }) => `select '${name}' as name, row_to_json(t)::text as row from "${name}" t`)
  return api.asOwner(`${rows.join(' union all ')} order by 1, 2`)
}

describe('where the shop asks for consent', () => {
  beforeEach(() => asks('required'))

  test.each([
    ['none', {}],
    ['consent to an earlier notice', { consent: { version: '2025-01' } }],
  ])('a session with %s is refused, and nothing is stored', async (_what, body) => {
    const before = await everythingStored()
    const response = await open(body)
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({
      code: 'api.consent.required',
      fault: 'user',
      privacy: { ...NOTICE, consent: 'required' },
    })
    expect(await everythingStored()).toEqual(before)
  })

  test('a session with it is opened, and the version is kept with its time', async () => {
    const response = await open({ consent: { version: NOTICE.version } })
    expect(response.status).toBe(201)
    const { sessionId, token } = (await response.json()) as { sessionId: string; token: string }
    const [row] = await api.asOwner(`select consent_version, consent_at from sessions where id = '${sessionId}'`)
    expect(row?.consent_version).toBe(NOTICE.version)
    const at = row?.consent_at as Date
    expect(Math.abs(at.getTime() - api.clock.now().getTime())).toBeLessThan(60_000)
    const exported = (await (await api.call('GET', '/v1/me/data', { token })).json()) as { sessions: unknown[] }
    expect(exported.sessions).toMatchObject([
      { id: sessionId, consent: { version: NOTICE.version, at: at.toISOString() } },
    ])
  })

  test('a new version of the notice is asked for anew', async () => {
    await asks('required', '2026-03')
    expect((await open({ consent: { version: NOTICE.version } })).status).toBe(403)
    expect((await open({ consent: { version: '2026-03' } })).status).toBe(201)
  })

  test.each([{ consent: {} }, { consent: { version: '' } }, { consent: true }])(
    'what is no consent at all is not readable: %j',
    async (body) => {
      expect((await open(body)).status).toBe(400)
    },
  )
})

describe('what was agreed to', () => {
  beforeEach(() => asks('required'))

  test('stays as long as the conversation, without the name, and goes with it', async () => {
    const opened = await open({ consent: { version: NOTICE.version }, identityToken: await adaToken() })
    const { sessionId, token } = (await opened.json()) as { sessionId: string; token: string }
    const idle = (await (await open({ consent: { version: NOTICE.version } })).json()) as { sessionId: string }
    const conversation = await api.conversation(token)
    const session = () =>
      api.asOwner(`select consent_version, customer_id, customer_name, customer_email from sessions
        where id in ('${sessionId}', '${idle.sessionId}')`)
    expect(await session()).toHaveLength(2)
    const over = new Date(api.clock.now().getTime() + 25 * 3_600_000)
    await api.sessions.purge(api.shop, over, api.signal)
    expect(await session()).toEqual([
      { consent_version: NOTICE.version, customer_id: 'ada', customer_name: null, customer_email: null },
    ])
    const again = await open({ consent: { version: NOTICE.version }, identityToken: await adaToken() })
    const later = ((await again.json()) as { token: string }).token
    const exported = (await (await api.call('GET', '/v1/me/data', { token: later })).json()) as { sessions: object[] }
    expect(exported.sessions).toContainEqual(
      expect.objectContaining({ id: sessionId, consent: expect.objectContaining({ version: NOTICE.version }) }),
    )
    await api.asOwner(`update conversations set erased_at = now() where id = '${conversation}'`)
    await api.sessions.purge(api.shop, over, api.signal)
    expect(await session()).toEqual([])
  })

  const adaToken = () =>
    new SignJWT({ sub: 'ada', name: 'Ada', email: 'ada@shop.example' })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime(Math.floor(api.clock.now().getTime() / 1000) + 60)
      .sign(new TextEncoder().encode(api.identitySecret))
})

describe('where the shop asks for none', () => {
  beforeEach(() => asks('none'))

  test('a session needs none, and none is written down', async () => {
    for (const body of [{}, { consent: { version: 'another' } }]) {
      const { sessionId } = (await (await open(body)).json()) as { sessionId: string }
      const rows = await api.asOwner(`select consent_version, consent_at from sessions where id = '${sessionId}'`)
      expect(rows).toEqual([{ consent_version: null, consent_at: null }])
    }
  })

  test('consent to the present notice is kept all the same', async () => {
    const { sessionId } = (await (await open({ consent: { version: NOTICE.version } })).json()) as { sessionId: string }
    const rows = await api.asOwner(`select consent_version from sessions where id = '${sessionId}'`)
    expect(rows).toEqual([{ consent_version: NOTICE.version }])
  })
})
