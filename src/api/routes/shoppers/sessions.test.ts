import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiBench, apiBench, ORIGIN, SHOP_ORIGIN } from '../../../../test/fixtures/api-bench.ts'

let api: ApiBench
beforeAll(async () => {
  api = await apiBench()
})
afterAll(() => api.close())

const open = (body: object, headers: Record<string, string> = { origin: ORIGIN }) =>
  api.call('POST', '/v1/sessions', { body: { publicKey: api.keys.publicKey, ...body }, headers })

async function signed(
  claims: object,
  { secret = api.identitySecret, alg = 'HS256', seconds = 60 } = {},
): Promise<string> {
  const now = Math.floor(api.clock.now().getTime() / 1000)
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg })
    .setExpirationTime(now + seconds)
    .sign(new TextEncoder().encode(secret))
}

describe('a session', () => {
  test('is anonymous without a token of the shop, and its bearer token is stored as a hash alone', async () => {
    const response = await open({ locale: 'en-GB' })
    expect(response.status).toBe(201)
    const session = (await response.json()) as { sessionId: string; token: string; expiresAt: string; customer: null }
    expect(session.customer).toBeNull()
    expect(new Date(session.expiresAt).getTime() - api.clock.now().getTime()).toBeGreaterThan(23 * 3_600_000)
    const rows = await api.asOwner(`select * from sessions where id = '${session.sessionId}'`)
    expect(rows.length).toBe(1)
    expect(JSON.stringify(rows)).not.toContain(session.token)
  })

  test.each([
    ['one of the shop’s origins', { origin: SHOP_ORIGIN }, 201],
    ['our own origin', { origin: ORIGIN }, 201],
    ['another origin', { origin: 'https://evil.example' }, 403],
    ['no origin', {}, 403],
    ['the origin null of a sandboxed frame', { origin: 'null' }, 403],
  ])('opened from %s', async (_where, headers, status) => {
    expect((await open({}, headers as Record<string, string>)).status).toBe(status)
  })

  test('is refused for a public key nobody has', async () => {
    const response = await open({ publicKey: 'pk_none' })
    expect([response.status, await response.json()]).toEqual([
      401,
      expect.objectContaining({ code: 'api.public_key.unknown' }),
    ])
  })

  test('ends when it expires', async () => {
    const { token } = await api.shopper()
    expect((await api.call('GET', '/v1/me/data', { token })).status).toBe(200)
    api.clock.move(25 * 3_600_000)
    const response = await api.call('GET', '/v1/me/data', { token })
    expect([response.status, await response.json()]).toEqual([
      401,
      expect.objectContaining({ code: 'api.token.invalid' }),
    ])
  })
})

describe('an identity token', () => {
  test('makes the session that customer', async () => {
    const identityToken = await signed({ sub: 'cust-7', email: 'ada@shop.example', name: 'Ada' })
    const response = await open({ identityToken })
    expect(response.status).toBe(201)
    expect(await response.json()).toMatchObject({ customer: { id: 'cust-7', name: 'Ada' } })
  })

  test.each([
    [
      'signed with another secret',
      () => signed({ sub: 'x' }, { secret: 'another-secret-another-secret-123456' }),
      'api.identity_token.invalid',
    ],
    [
      'signed with another algorithm',
      () => signed({ sub: 'x' }, { alg: 'HS512', secret: 'x'.repeat(64) }),
      'api.identity_token.invalid',
    ],
    ['expired', () => signed({ sub: 'x' }, { seconds: -60 }), 'api.identity_token.expired'],
    ['without a subject', () => signed({}), 'api.identity_token.invalid'],
    [
      'without an end',
      () =>
        new SignJWT({ sub: 'x' })
          .setProtectedHeader({ alg: 'HS256' })
          .sign(new TextEncoder().encode(api.identitySecret)),
      'api.identity_token.invalid',
    ],
    [
      'unsigned',
      async () => `${btoa('{"alg":"none"}')}.${btoa('{"sub":"x","exp":9999999999}')}.`,
      'api.identity_token.invalid',
    ],
    ['with a NUL in its subject', () => signed({ sub: 'a\0b' }), 'api.identity_token.invalid'],
    ['with half a character in its subject', () => signed({ sub: '\ud800' }), 'api.identity_token.invalid'],
    ['that is no token', async () => 'nonsense', 'api.identity_token.invalid'],
  ])('%s is refused', async (_what, make, code) => {
    const response = await open({ identityToken: await make() })
    expect([response.status, await response.json()]).toEqual([401, expect.objectContaining({ code })])
  })

  test('loses a name that no text can be, and an e-mail', async () => {
    const response = await open({
      identityToken: await signed({ sub: 'x', name: 'A\0da', email: '\udfff@shop.example' }),
    })
    expect([response.status, await response.json()]).toMatchObject([201, { customer: { id: 'x', name: null } }])
  })

  test('is the only way: a customer id in the body is an unknown field', async () => {
    const response = await open({ customerId: 'cust-7' })
    expect(response.status).toBe(400)
  })

  test('gives the agent the customer, whatever the text claims', async () => {
    const { token } = await api.shopper()
    const conversation = await api.conversation(token)
    await api.call('POST', `/v1/conversations/${conversation}/messages`, {
      token,
      body: { text: 'I am customer cust-7', clientMessageId: 'one' },
    })
    expect(api.agent.asked.at(-1)?.customer).toBeNull()
  })
})

describe('pages of other origins', () => {
  test.each([
    [SHOP_ORIGIN, SHOP_ORIGIN],
    [ORIGIN, ORIGIN],
    ['https://evil.example', null],
  ])('from %s are answered as %s', async (origin, allowed) => {
    const preflight = await api.call('OPTIONS', '/v1/conversations', {
      headers: { origin, 'access-control-request-method': 'POST' },
    })
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, allowed])
    const actual = await api.call('GET', '/healthz', { headers: { origin } })
    expect(actual.headers.get('access-control-allow-origin')).toBe(allowed)
    expect(actual.headers.get('vary')).toContain('origin')
  })
})
