import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Fault } from '#domain/fault.ts'
import { type ApiBench, apiBench, ORIGIN } from '../../test/fixtures/api-bench.ts'
import { ENDPOINTS } from './contract/endpoints.ts'
import { openApiDocument } from './openapi.ts'

let api: ApiBench
beforeAll(async () => {
  api = await apiBench()
})
afterAll(() => api.close())

const problem = async (response: Response) => ({
  status: response.status,
  contentType: response.headers.get('content-type'),
  ...((await response.json()) as { code: string; traceId: string; fault: string }),
})

describe('a problem', () => {
  test('has every member of the contract, and the trace id of the header', async () => {
    const response = await api.call('POST', '/v1/sessions', {
      body: { publicKey: '', nonsense: 1 },
      headers: { origin: ORIGIN },
    })
    const traceId = response.headers.get('x-trace-id')
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await response.json()).toEqual({
      type: 'urn:purser:problem:api.request.invalid',
      title: 'Bad Request',
      status: 400,
      code: 'api.request.invalid',
      detail: expect.any(String),
      fault: 'user',
      traceId,
      errors: expect.arrayContaining([{ path: 'publicKey', message: expect.any(String) }]),
    })
  })

  test('an address with a slash too many leads to the one without', async () => {
    const response = await api.call('GET', '/demo/')
    expect([response.status, response.headers.get('location')]).toEqual([301, expect.stringMatching(/\/demo$/)])
    expect((await api.call('GET', '/v1/nothing/')).status).toBe(404)
    expect((await api.call('POST', '/v1/sessions/')).status).toBe(404)
  })

  test.each([
    ['an address that is not there', 'GET', '/v1/nothing', 404, 'api.route.unknown'],
    ['a method that is not there', 'PATCH', '/v1/documents/x', 405, 'api.method.not_allowed'],
    ['no token', 'POST', '/v1/conversations', 401, 'api.token.missing'],
    ['no key', 'GET', '/v1/documents', 401, 'api.key.missing'],
    ['an address that is not UTF-8', 'GET', '/v1/documents/a%ffb', 400, 'api.request.character'],
    ['an address with a stray percent sign', 'GET', '/v1/documents/100%', 400, 'api.request.character'],
    ['an address with a NUL', 'GET', '/v1/documents/a%00b', 400, 'api.request.character'],
  ])('is given for %s', async (_what, method, path, status, code) => {
    const response = await api.call(method, path)
    expect(await problem(response)).toMatchObject({
      status,
      code,
      contentType: 'application/problem+json',
      traceId: response.headers.get('x-trace-id'),
    })
    if (status === 405) expect(response.headers.get('allow')).toBe('PUT, GET, DELETE')
  })

  test.each([
    ['malformed JSON', '{"publicKey":', 'application/json', 400, 'api.body.malformed'],
    ['no body', '', 'application/json', 400, 'api.body.malformed'],
    ['bytes that are not UTF-8', new Uint8Array([0x22, 0xff, 0x22]), 'application/json', 400, 'api.body.malformed'],
    ['another content type', '{}', 'text/plain', 415, 'api.body.media_type'],
    ['a NUL in a string', '{"publicKey":"a\\u0000"}', 'application/json', 400, 'api.request.character'],
    ['half a character', '{"publicKey":"\\ud800"}', 'application/json', 400, 'api.request.character'],
    ['a body over the limit', `"${'x'.repeat(1_048_576)}"`, 'application/json', 413, 'api.body.too_large'],
  ])('is given for %s', async (_what, raw, type, status, code) => {
    const response = await api.call('POST', '/v1/sessions', { raw, headers: { 'content-type': type, origin: ORIGIN } })
    expect(await problem(response)).toMatchObject({ status, code })
  })

  test('is not given for an empty body where none is needed, with or without a content type', async () => {
    const { token } = await api.shopper()
    const empty = () => new ReadableStream<Uint8Array>({ start: (controller) => controller.close() })
    const json = { 'content-type': 'application/json' }
    for (const headers of [{}, json] as Record<string, string>[]) {
      expect((await api.call('POST', '/v1/conversations', { token, headers })).status).toBe(201)
      expect((await api.call('POST', '/v1/conversations', { token, headers, raw: empty() })).status).toBe(201)
    }
  })

  test('is given for a body over the limit that does not say so', async () => {
    const chunk = new Uint8Array(64 * 1024).fill(0x20)
    const body = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(chunk) })
    const response = await api.call('POST', '/v1/sessions', {
      raw: body,
      headers: { 'content-type': 'application/json' },
    })
    expect(await problem(response)).toMatchObject({ status: 413 })
  })

  test('is given for a body that never ends', async () => {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('{')),
    })
    const response = await api.call('POST', '/v1/sessions', {
      raw: body,
      headers: { 'content-type': 'application/json' },
    })
    expect(await problem(response)).toMatchObject({ status: 408, code: 'api.body.too_slow' })
  })

  test('never tells what a bug was', async () => {
    api.searches(() => Promise.reject(new Error('secret detail')))
    const response = await api.call('POST', '/v1/search', { token: api.keys.read, body: { query: 'x' } })
    expect(await response.clone().text()).not.toContain('secret detail')
    expect(await problem(response)).toMatchObject({ status: 500, code: 'app.unexpected', fault: 'fatal' })
  })

  test('says when to try again what cannot be done right now', async () => {
    api.searches(() =>
      Promise.reject(new Fault({ kind: 'retryable', code: 'db.connection.lost', message: 'Away.', retryAfter: 2 })),
    )
    const response = await api.call('POST', '/v1/search', { token: api.keys.read, body: { query: 'x' } })
    expect(response.headers.get('retry-after')).toBe('2')
    expect(await problem(response)).toMatchObject({ status: 503, code: 'db.connection.lost', fault: 'retryable' })
  })
})

describe('every response', () => {
  test('has a trace id of its own and headers that keep browsers from guessing', async () => {
    const [first, second] = [await api.call('GET', '/healthz'), await api.call('GET', '/healthz')]
    expect(first.headers.get('x-trace-id')).toMatch(/^trc_/)
    expect(first.headers.get('x-trace-id')).not.toBe(second.headers.get('x-trace-id'))
    expect(first.headers.get('x-content-type-options')).toBe('nosniff')
    expect(first.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(first.headers.get('x-frame-options')).toBe('DENY')
  })
})

describe('readiness', () => {
  test('names every dependency, and is 503 with Retry-After while one it needs is down', async () => {
    expect(await (await api.call('GET', '/readyz')).json()).toEqual({
      status: 'ready',
      mode: 'builtin',
      dependencies: { database: { state: 'ready' } },
    })
    api.setReady(false)
    const response = await api.call('GET', '/readyz')
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1'])
    api.setReady(true)
  })

  test('metrics are text for Prometheus', async () => {
    expect(await (await api.call('GET', '/metrics')).text()).toBe('purser_up 1\n')
  })
})

describe('too many requests', () => {
  test('are refused per caller with the time to wait, and others go on', async () => {
    const tight = await apiBench(0.001)
    const { token } = await tight.shopper()
    expect((await tight.call('GET', '/v1/me/data', { token })).status).toBe(200)
    const refused = await tight.call('GET', '/v1/me/data', { token })
    expect(await problem(refused.clone())).toMatchObject({ status: 429, code: 'api.rate.exceeded', fault: 'user' })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await tight.call('GET', '/v1/documents', { token: tight.keys.read })).status).toBe(200)
    for (const status of [401, 429])
      expect((await tight.call('GET', '/v1/documents', { token: 'sk_guess' })).status).toBe(status)
    await tight.close()
  })
})

describe('the contract', () => {
  test('is served as the committed openapi.json, made by scripts/write-openapi.ts', async () => {
    const committed = JSON.parse(await readFile(new URL('../../openapi.json', import.meta.url), 'utf8'))
    expect(JSON.parse(JSON.stringify(openApiDocument()))).toEqual(committed)
    expect(await (await api.call('GET', '/openapi.json')).json()).toEqual(committed)
  })

  test('lists exactly the routes that are served', () => {
    const served = new Set(
      api.app.routes
        .filter(({ method }) => method !== 'ALL')
        .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`),
    )
    expect(new Set(ENDPOINTS.map(({ method, path }) => `${method.toUpperCase()} ${path}`))).toEqual(served)
  })

  test('resolves every reference it makes', () => {
    const document = JSON.parse(JSON.stringify(openApiDocument()))
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map((match) => match[1] ?? '')
    expect(references.length).toBeGreaterThan(50)
    const missing = references.filter(
      (path) =>
        path.split('/').reduce((at: unknown, step) => (at as Record<string, unknown> | undefined)?.[step], document) ===
        undefined,
    )
    expect(missing).toEqual([])
  })

  test('is a page without scripts and without anything from elsewhere', async () => {
    const response = await api.call('GET', '/docs')
    const html = await response.text()
    for (const { path } of ENDPOINTS) expect(html).toContain(`<code>${path.replace(/[{}]/g, (brace) => brace)}</code>`)
    expect(html).not.toMatch(/<script|src=|href="http/)
    expect(response.headers.get('content-security-policy')).toMatch(/style-src 'sha256-/)
  })
})
