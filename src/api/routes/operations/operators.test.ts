import { afterEach, beforeEach, expect, test } from 'vitest'
import { ENDPOINTS } from '#api/contract/endpoints.ts'
import { type ApiBench, apiBench, ORIGIN, SHOP_ORIGIN } from '../../../../test/fixtures/api-bench.ts'

const HOUR = 3_600_000
let api: ApiBench
beforeEach(async () => {
  api = await apiBench()
})
afterEach(() => api.close())

const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code

/** A new operator's one-time code, as an admin's key makes it. */
async function invited(role: string, name = 'Mira') {
  const made = await api.call('POST', '/v1/operators', { token: api.keys.admin, body: { name, role } })
  const { id } = (await made.json()) as { id: string }
  const link = await api.call('POST', `/v1/operators/${id}/sign-in-links`, { token: api.keys.admin })
  const body = (await link.json()) as { link: string; expiresAt: string }
  return { id, ...body, code: new URL(body.link).hash.slice(1) }
}

const signIn = (body: object) => api.call('POST', '/v1/operator-sessions', { body })
const current = (headers: Record<string, string>) => api.call('GET', '/v1/operator-sessions/current', { headers })

test('a sign-in link gives a session as a cookie that no script and no other site can use', async () => {
  const { id, link, code } = await invited('agent')
  expect(link).toBe(`${ORIGIN}/console/sign-in#${code}`)
  const response = await signIn({ code })
  expect(response.status).toBe(201)
  const session = (await response.json()) as { expiresAt: string }
  expect(session).toEqual({ operator: { id, name: 'Mira', role: 'agent' }, expiresAt: expect.any(String) })
  const lasts = Date.parse(session.expiresAt) - api.clock.now().getTime()
  expect(Math.abs(lasts - 12 * HOUR)).toBeLessThan(60_000)
  const [cookie = '', ...attributes] = (response.headers.get('set-cookie') ?? '').split('; ')
  expect(attributes.toSorted()).toEqual(['HttpOnly', `Max-Age=${7 * 24 * 3600}`, 'Path=/', 'SameSite=Strict'])
  expect(await (await current({ cookie })).json()).toEqual(session)
})

test('a page that is none of ours gets no cookie, and the code stays unused', async () => {
  const { code } = await invited('agent')
  const from = (origin: string) => api.call('POST', '/v1/operator-sessions', { body: { code }, headers: { origin } })
  const refused = await from('https://evil.example')
  expect([refused.status, await codeOf(refused), refused.headers.get('set-cookie')]).toEqual([
    403,
    'api.origin.refused',
    null,
  ])
  expect((await from(ORIGIN)).status).toBe(201)
})

test('with token the session is a bearer token, and no cookie is set', async () => {
  const { code } = await invited('viewer')
  const response = await signIn({ code, token: true })
  expect(response.headers.get('set-cookie')).toBeNull()
  const { token } = (await response.json()) as { token: string }
  expect(token).toMatch(/^ot_/)
  expect((await current({ authorization: `Bearer ${token}` })).status).toBe(200)
})

test('a code is refused when used, replaced, too old or made up', async () => {
  const { id, code } = await invited('agent')
  const refused = async (tried: string) => {
    const response = await signIn({ code: tried })
    expect(response.status).toBe(401)
    expect(response.headers.get('set-cookie')).toBeNull()
    expect(await codeOf(response)).toBe('api.sign_in_code.refused')
  }
  expect((await signIn({ code })).status).toBe(201)
  await refused(code)
  await refused('made-up')
  const link = async () => {
    const response = await api.call('POST', `/v1/operators/${id}/sign-in-links`, { token: api.keys.admin })
    return new URL(((await response.json()) as { link: string }).link).hash.slice(1)
  }
  const [replaced, newest] = [await link(), await link()]
  await refused(replaced)
  api.clock.move(15 * 60_000)
  await refused(newest)
})

test('guessing codes is told to wait', async () => {
  const tight = await apiBench(0.005)
  const statuses: number[] = []
  for (let at = 0; at < 5; at++)
    statuses.push((await tight.call('POST', '/v1/operator-sessions', { body: { code: `guess-${at}` } })).status)
  await tight.close()
  expect(statuses).toEqual([401, 401, 401, 429, 429])
})

test('guessing sessions is told to wait', async () => {
  const tight = await apiBench(0.005)
  const statuses: number[] = []
  for (let at = 0; at < 5; at++)
    statuses.push((await tight.call('GET', '/v1/operators', { headers: { cookie: `purser_console=ot_${at}` } })).status)
  await tight.close()
  expect(statuses).toEqual([401, 401, 401, 429, 429])
})

test('each endpoint with a role lets that role and those above it through, and nobody below', async () => {
  const roles = ['viewer', 'agent', 'approver', 'admin'] as const
  const signedIn = await Promise.all(roles.map((role) => api.operator(role)))
  const guarded = ENDPOINTS.flatMap(({ guard: { access }, method, path }) =>
    typeof access === 'object' && 'role' in access
      ? [{ least: access.role, scopes: access.scopes ?? [], method: method.toUpperCase(), path }]
      : [],
  )
  expect(guarded.length).toBeGreaterThan(8)
  for (const { least, scopes, method, path } of guarded) {
    const address = path.replace(/\{[^}]+\}/g, 'none')
    for (const { role, token } of signedIn.filter(({ role }) => roles.indexOf(role) < roles.indexOf(least))) {
      const response = await api.call(method, address, { token })
      expect([method, path, role, response.status]).toEqual([method, path, role, 403])
      expect(await codeOf(response)).toBe('api.role.required')
    }
    expect((await api.call(method, address, {})).status).toBe(401)
    const other = (['read', 'ingest', 'events'] as const).find((scope) => !scopes.includes(scope)) ?? 'read'
    const machine = await api.call(method, address, { token: api.keys[other] })
    expect([path, machine.status, await codeOf(machine)]).toEqual([path, 403, 'api.key.scope'])
  }
  for (const { token } of signedIn)
    expect((await api.call('GET', '/v1/operator-sessions/current', { token })).status).toBe(200)
  const admin = signedIn.at(-1)?.token ?? ''
  expect((await api.call('GET', '/v1/operators', { token: admin })).status).toBe(200)
  expect((await api.call('GET', '/v1/operators', { token: api.keys.admin })).status).toBe(200)
})

test('a cookie changes things only from our own pages, and reads without an Origin', async () => {
  const { cookie } = await api.operator('admin')
  const add = (headers: Record<string, string>) =>
    api.call('POST', '/v1/operators', { headers: { cookie, ...headers }, body: { name: 'Eve', role: 'admin' } })
  for (const [headers, code] of [
    [{}, 'api.origin.missing'],
    [{ origin: 'https://evil.example' }, 'api.origin.refused'],
    [{ origin: SHOP_ORIGIN }, 'api.origin.refused'],
    [{ origin: 'null' }, 'api.origin.refused'],
  ] as const) {
    const response = await add(headers)
    expect([response.status, await codeOf(response)]).toEqual([403, code])
  }
  expect((await api.call('GET', '/v1/operators', { headers: { cookie } })).status).toBe(200)
  expect((await add({ origin: ORIGIN })).status).toBe(201)
})

test('the cookie is no way in for shoppers, for keys, or beside a wrong bearer token', async () => {
  const { cookie, token } = await api.operator('admin')
  expect((await api.call('GET', '/v1/me/data', { headers: { cookie } })).status).toBe(401)
  expect((await api.call('GET', '/v1/me/data', { token })).status).toBe(401)
  expect((await api.call('GET', '/v1/documents', { headers: { cookie } })).status).toBe(401)
  expect((await current({ cookie, authorization: 'Bearer wrong' })).status).toBe(401)
  expect((await current({ cookie: `purser_console=${api.keys.admin}` })).status).toBe(401)
  expect((await current({ cookie, authorization: 'Bearer \u00fc' })).status).toBe(401)
  expect((await current({ cookie, authorization: 'Basic dXNlcjpwYXNz' })).status).toBe(200)
  const { token: shopper } = await api.shopper()
  expect((await current({ authorization: `Bearer ${shopper}` })).status).toBe(401)
})

test('no other origin is told that it may send the cookie', async () => {
  const { cookie } = await api.operator('viewer')
  for (const origin of [SHOP_ORIGIN, 'https://evil.example']) {
    const response = await current({ cookie, origin })
    expect(response.headers.get('access-control-allow-credentials')).toBeNull()
  }
})

test('a session lasts while it is used, ends after 12 idle hours, and after 7 days in any case', async () => {
  const { cookie } = await api.operator('viewer')
  api.clock.move(11 * HOUR)
  expect((await current({ cookie })).status).toBe(200)
  api.clock.move(11 * HOUR)
  expect((await current({ cookie })).status).toBe(200)
  api.clock.move(12 * HOUR)
  expect(await codeOf(await current({ cookie }))).toBe('api.sign_in.invalid')
  const busy = await api.operator('viewer')
  let hours = 0
  for (; (await current({ cookie: busy.cookie })).status === 200; hours += 8) api.clock.move(8 * HOUR)
  expect(hours).toBe(7 * 24)
})

test('signing out ends this session alone, and takes the cookie back', async () => {
  const { id, code } = await invited('agent')
  const [first] = ((await signIn({ code })).headers.get('set-cookie') ?? '').split(';')
  const link = await api.call('POST', `/v1/operators/${id}/sign-in-links`, { token: api.keys.admin })
  const second = new URL(((await link.json()) as { link: string }).link).hash.slice(1)
  const { token } = (await (await signIn({ code: second, token: true })).json()) as { token: string }
  const out = await api.call('DELETE', '/v1/operator-sessions/current', {
    headers: { cookie: first ?? '', origin: ORIGIN },
  })
  expect(out.status).toBe(204)
  expect(out.headers.get('set-cookie')).toMatch(/^purser_console=; Max-Age=0; Path=\//)
  expect((await current({ cookie: first ?? '' })).status).toBe(401)
  expect((await current({ authorization: `Bearer ${token}` })).status).toBe(200)
})

test('a removed operator is refused at the next request, with a link still unused', async () => {
  const { id, token } = await api.operator('agent')
  const { id: invitedId, code } = await invited('agent')
  for (const gone of [id, invitedId])
    expect((await api.call('DELETE', `/v1/operators/${gone}`, { token: api.keys.admin })).status).toBe(204)
  expect((await current({ authorization: `Bearer ${token}` })).status).toBe(401)
  expect((await signIn({ code })).status).toBe(401)
  const again = await api.call('DELETE', `/v1/operators/${id}`, { token: api.keys.admin })
  expect([again.status, await codeOf(again)]).toEqual([404, 'api.operator.unknown'])
})

test('the last admin stays, and a name is taken once', async () => {
  const { id } = await api.operator('admin', 'Ada')
  const refused = await api.call('DELETE', `/v1/operators/${id}`, { token: api.keys.admin })
  expect([refused.status, await codeOf(refused)]).toEqual([409, 'last_admin'])
  const twice = await api.call('POST', '/v1/operators', {
    token: api.keys.admin,
    body: { name: ' ada ', role: 'agent' },
  })
  expect([twice.status, await codeOf(twice)]).toEqual([409, 'name_taken'])
})

test('an admin of one shop does not see or reach operators of another', async () => {
  const { id } = await api.operator('agent')
  const listed = await api.call('GET', '/v1/operators', { token: api.keys.otherAdmin })
  expect(((await listed.json()) as { items: unknown[] }).items).toEqual([])
  for (const [method, path] of [
    ['DELETE', `/v1/operators/${id}`],
    ['POST', `/v1/operators/${id}/sign-in-links`],
  ] as const)
    expect((await api.call(method, path, { token: api.keys.otherAdmin })).status).toBe(404)
})

test('an API key appears with its own name, and cannot sign out', async () => {
  const response = await current({ authorization: `Bearer ${api.keys.admin}` })
  expect(await response.json()).toMatchObject({ operator: { name: 'admin', role: 'admin' }, expiresAt: null })
  const out = await api.call('DELETE', '/v1/operator-sessions/current', { token: api.keys.admin })
  expect([out.status, await codeOf(out)]).toEqual([404, 'api.operator_session.unknown'])
})

test('an Idempotency-Key gives an operator the first response again, in one session and not in another', async () => {
  const [mine, others] = [await api.operator('admin'), await api.operator('admin')]
  const add = async ({ cookie }: { cookie: string }, name: string) =>
    api.call('POST', '/v1/operators', {
      headers: { cookie, origin: ORIGIN, 'idempotency-key': 'once' },
      body: { name, role: 'viewer' },
    })
  const first = await (await add(mine, 'Grace')).json()
  const again = await add(mine, 'Grace')
  expect([again.status, await again.json(), again.headers.get('idempotent-replayed')]).toEqual([201, first, 'true'])
  expect(await codeOf(await add(mine, 'Joan'))).toBe('idempotency_mismatch')
  expect((await add(others, 'Joan')).status).toBe(201)
})

test('requests are counted per operator, whatever session they come by', async () => {
  const tight = await apiBench(0.001)
  const [one, two] = [await tight.operator('viewer'), await tight.operator('viewer')]
  const ask = async (token: string) => (await tight.call('GET', '/v1/operator-sessions/current', { token })).status
  const statuses = [await ask(one.token), await ask(one.token), await ask(one.token), await ask(one.token)]
  expect([...statuses, await ask(two.token)]).toEqual([200, 200, 200, 429, 200])
  await tight.close()
})
