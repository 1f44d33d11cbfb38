import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openApiDocument } from '../src/api/openapi.ts'
import { type ApiBench, apiBench, SHOP_ORIGIN } from './fixtures/api-bench.ts'

let bench: ApiBench
let tokens: (string | undefined)[]
beforeAll(async () => {
  bench = await apiBench()
  for (const order of ['A-1', 'A-2', 'A-3'])
    await bench.call('POST', '/v1/exceptions', {
      token: bench.keys.admin,
      body: { orderId: order, type: 'carrier_delay', source: 'test', detail: '' },
    })
  tokens = [bench.keys.admin, (await bench.shopper()).token, (await bench.operator('admin')).token, undefined]
})
afterAll(() => bench.close())

type Operation = {
  parameters?: { name: string; in: string; schema?: { enum?: string[] } }[]
  requestBody?: { content: Record<string, unknown> }
}
const PATHS = openApiDocument().paths as Record<string, Record<string, Operation>>
const operations = Object.entries(PATHS).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
)
const filled = (path: string, value = 'x') => path.replaceAll(/\{[^}]+\}/g, value)
const base64 = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

const SORTS = ['priority', 'age', 'due', 'money', 'risk', 'changed', 'audit', 'incidents']
const VALUES = [
  ...['', ' ', 'NaN', 'Infinity', '-Infinity', '1e400', '1e30', '9'.repeat(19), '9'.repeat(300), '-999999999999999999'],
  ...['0x10', '1.5', '\u0000', '1\u0000', '\ud800', "1'", '2026-02-30', 1e300, -1e300, 1.5, null, true, [], {}],
]
const STAMPS = ['2026-02-30T00:00:00.000Z', '0000-01-01T00:00:00.000Z', '2026-01-01T24:00:00.000Z', '9999-99-99T0Z', '']
/** Cursors nobody gave: by form of ours with other values, and of no form at all. */
const CURSORS = [
  ...[
    'x',
    '%00',
    '%ED%A0%80',
    '%E0%A4%A',
    '~',
    '0',
    '-1',
    '9'.repeat(30),
    'a'.repeat(500),
    encodeURIComponent('\u{10ffff}'),
  ],
  ...SORTS.flatMap((sort) => VALUES.map((value) => base64([sort, value, 'cas_1']))),
  ...SORTS.flatMap((sort) => ['a\u0000b', '\ud800', 'x'.repeat(150), 7].map((id) => base64([sort, '1', id]))),
  ...STAMPS.flatMap((at) => [base64(`0 ${at} hnd_1`), base64(`3 ${at} hnd_1`), base64(`${at} fbk_1`)]),
  base64('999999999 999999999999999 gap_00000000000000000000'),
]

describe('no crafted cursor is a fault of ours', () => {
  const lists = operations.filter(
    ({ method, operation }) => method === 'GET' && operation.parameters?.some(({ name }) => name === 'cursor'),
  )
  test('there are lists with cursors', () => expect(lists.length).toBeGreaterThan(7))

  test.each(lists.map(({ path, operation }) => [path, operation] as const))('GET %s', async (path, operation) => {
    const sorts = operation.parameters?.find(({ name }) => name === 'sort')?.schema?.enum ?? [null]
    const answers: Record<string, number> = {}
    for (const sort of sorts)
      for (const cursor of CURSORS) {
        const query = `${sort ? `sort=${sort}&` : ''}cursor=${cursor}`
        const { status } = await bench.call('GET', `${filled(path)}?${query}`, { token: bench.keys.admin })
        if (status >= 500) answers[query] = status
      }
    expect(answers).toEqual({})
  })

  test('one that was cut off or belongs to another sort is named as such', async () => {
    const ask = async (query: string) => {
      const response = await bench.call('GET', `/v1/cases?limit=1&${query}`, { token: bench.keys.admin })
      return { status: response.status, body: await response.json() }
    }
    for (const sort of ['priority', 'age', 'due', 'money', 'risk', 'changed']) {
      const { nextCursor } = (await ask(`sort=${sort}`)).body
      expect(await ask(`sort=${sort}&cursor=${nextCursor}`)).toMatchObject({ status: 200, body: { items: [{}] } })
      const refused = { status: 400, body: { code: 'db.cursor.invalid', errors: [{ path: 'cursor' }] } }
      for (const cut of [1, 10, nextCursor.length - 3])
        expect(await ask(`sort=${sort}&cursor=${nextCursor.slice(0, cut)}`)).toMatchObject(refused)
      expect(await ask(`sort=${sort}&cursor=${base64([sort, 'no number', 'cas_1'])}`)).toMatchObject(refused)
    }
  })
})

describe('no character that cannot be stored is a fault of ours', () => {
  const names = ['NUL', 'half a pair', 'the other half', 'a NUL in a name', 'a NUL in a form']
  const BAD = [
    '{"text":"\\u0000"}',
    '{"text":"a\\ud800"}',
    '[{"a":["\\udc00b"]}]',
    '{"a\\u0000":1}',
    'code=%00&name=%ED%A0%80',
  ]
  const written = operations.filter(({ operation }) => operation.requestBody)

  test.each(written.map(({ method, path, operation }) => [method, path, operation] as const))(
    'in the body of %s %s',
    async (method, path, operation) => {
      const answers: Record<string, number> = {}
      for (const [at, raw] of BAD.entries())
        for (const token of tokens)
          for (const type of Object.keys(operation.requestBody?.content ?? {})) {
            const headers = { 'content-type': type, origin: SHOP_ORIGIN, 'if-match': '"0"' }
            const { status } = await bench.call(method, filled(path), { ...(token ? { token } : {}), raw, headers })
            // What streams is taken in, and its bad rows are told of by the row.
            if (status >= 500 || (status < 400 && !path.endsWith('/imports'))) answers[`${names[at]} ${type}`] = status
          }
      expect(answers).toEqual({})
    },
  )

  test.each(operations.map(({ method, path, operation }) => [method, path, operation] as const))(
    'in the address of %s %s',
    async (method, path, operation) => {
      const answers: Record<string, number> = {}
      const queries = (operation.parameters ?? []).filter((one) => one.in === 'query').map(({ name }) => name)
      const addresses = ['%00', 'a%00', '%ED%A0%80', '%2500', '9'.repeat(40), '%F4%8F%BF%BF'].flatMap((bad) => [
        ...(path.includes('{') ? [filled(path, bad)] : []),
        ...queries.map((name) => `${filled(path)}?${name}=${bad}`),
      ])
      for (const address of addresses)
        for (const token of tokens.slice(0, 2)) {
          const headers = { 'content-type': 'application/json', origin: SHOP_ORIGIN }
          const given = method === 'GET' ? {} : { raw: '{}', headers }
          const { status } = await bench.call(method, address, { ...(token ? { token } : {}), ...given })
          if (status >= 500) answers[address] = status
        }
      expect(answers).toEqual({})
    },
  )
})

test('a body that is nested deeper than anything of ours is refused, whatever else it says', async () => {
  const depth = 200_000
  for (const inner of ['1', '"\\u0041"']) {
    const raw = `{"orderId":"A-9","type":"fraud_hold","source":"x","detail":"","data":{"a":${'['.repeat(depth)}${inner}${']'.repeat(depth)}}}`
    const headers = { 'content-type': 'application/json' }
    const response = await bench.call('POST', '/v1/exceptions', { token: bench.keys.admin, raw, headers })
    expect({ status: response.status, ...(await response.json()) }).toMatchObject({
      status: 400,
      code: 'api.body.malformed',
    })
  }
})
