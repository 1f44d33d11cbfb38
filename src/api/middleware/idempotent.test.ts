import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiBench, apiBench } from '../../../test/fixtures/api-bench.ts'

let api: ApiBench
let token: string
beforeAll(async () => {
  api = await apiBench()
  token = (await api.shopper()).token
})
afterAll(() => api.close())

const open = (key: string, by = token) =>
  api.call('POST', '/v1/conversations', { token: by, body: {}, headers: { 'idempotency-key': key } })
const newKey = (key: string, body: object, by = api.keys.admin) =>
  api.call('POST', '/v1/keys', { token: by, body, headers: { 'idempotency-key': key } })

describe('the same Idempotency-Key', () => {
  test('gives the first response again, and says so', async () => {
    const first = await open('again')
    const second = await open('again')
    expect([second.status, await second.json()]).toEqual([201, await first.json()])
    expect([first.headers.get('idempotent-replayed'), second.headers.get('idempotent-replayed')]).toEqual([
      null,
      'true',
    ])
    expect(second.headers.get('x-trace-id')).not.toBe(first.headers.get('x-trace-id'))
  })

  test('has one effect when it arrives sixteen times at once', async () => {
    const keys = await Promise.all(
      Array.from(
        { length: 16 },
        async () =>
          (await (await newKey('at-once', { scope: 'read', name: 'once' })).json()) as { id: string; secret: string },
      ),
    )
    expect(new Set(keys.map(({ secret }) => secret)).size).toBe(1)
    expect((await api.asOwner("select 1 from api_keys where name = 'once'")).length).toBe(1)
  })

  test('with another body is a 409', async () => {
    await newKey('mismatch', { scope: 'read', name: 'first' })
    const response = await newKey('mismatch', { scope: 'read', name: 'second' })
    expect([response.status, await response.json()]).toEqual([
      409,
      expect.objectContaining({ code: 'idempotency_mismatch', fault: 'user' }),
    ])
  })

  test('of another caller is another key', async () => {
    const stranger = (await api.shopper()).token
    const [own, theirs] = [await (await open('shared')).json(), await (await open('shared', stranger)).json()]
    expect(theirs).not.toEqual(own)
  })

  test('holds in another process and after a restart', async () => {
    const first = await (await open('restart')).json()
    const second = api.another()
    const response = await second.app.request('/v1/conversations', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'idempotency-key': 'restart', 'content-type': 'application/json' },
      body: '{}',
    })
    expect(await response.json()).toEqual(first)
    second.stop()
  })

  test('gives the conversation of an attempt that died between doing it and saying so', async () => {
    const first = await (await open('died')).json()
    const moment = 'to_timestamp(0)'
    await api.asOwner(
      `update idempotency_keys set status = null, response = null, running_until = ${moment} where caller in (select session from conversations where id = '${(first as { id: string }).id}') and status is not null`,
    )
    expect(await (await open('died')).json()).toEqual(first)
  })

  test('is free again after a day', async () => {
    const { token: fresh } = await api.shopper()
    await api.call('POST', `/v1/conversations/cnv_none/handoff`, {
      token: fresh,
      body: {},
      headers: { 'idempotency-key': 'x' },
    })
    const first = (await (await newKey('a-day', { scope: 'read', name: 'day' })).json()) as { id: string }
    api.clock.move(25 * 3_600_000)
    const second = (await (await newKey('a-day', { scope: 'read', name: 'day' })).json()) as { id: string }
    expect(second.id).not.toBe(first.id)
    token = (await api.shopper()).token
  })

  test('is not used up by a request that was refused', async () => {
    const path = '/v1/conversations/cnv_none/handoff'
    const refused = await api.call('POST', path, { token, body: {}, headers: { 'idempotency-key': 'refused' } })
    expect(refused.status).toBe(404)
    expect((await open('refused')).status).toBe(201)
  })
})

test('a stored response does not show the secret it holds', async () => {
  const { secret } = (await (await newKey('sealed', { scope: 'read', name: 'sealed' })).json()) as { secret: string }
  const rows = await api.asOwner(
    "select encode(response, 'escape') as response from idempotency_keys where response is not null",
  )
  expect(rows.length).toBeGreaterThan(0)
  for (const { response } of rows) expect(response).not.toContain(secret)
})

test('a key made by POST /v1/keys works within its scope, and its secret is stored nowhere', async () => {
  const { secret, scope } = (await (
    await api.call('POST', '/v1/keys', { token: api.keys.admin, body: { scope: 'ingest', name: 'nightly' } })
  ).json()) as { secret: string; scope: string }
  expect(scope).toBe('ingest')
  expect((await api.call('GET', '/v1/documents', { token: secret })).status).toBe(200)
  expect((await api.call('POST', '/v1/keys', { token: secret, body: { scope: 'admin', name: 'more' } })).status).toBe(
    403,
  )
  expect(JSON.stringify(await api.asOwner('select * from api_keys'))).not.toContain(secret)
})
