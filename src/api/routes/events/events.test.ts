import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiBench, apiBench } from '../../../../test/fixtures/api-bench.ts'
import { cloudEvent } from '../../../../test/fixtures/event-builder.ts'

let api: ApiBench
beforeAll(async () => {
  api = await apiBench()
})
afterAll(() => api.close())

type Intake = { accepted: number; duplicates: number; rejected: object[] }
type Page = { items: { id: string; state: string; problem: object | null }[]; nextCursor: string | null }
const send = async (body: unknown, type = 'application/json', token = api.keys.events) => {
  const response = await api.call('POST', '/v1/events', { token, body, headers: { 'content-type': type } })
  return { status: response.status, body: (await response.json()) as Intake & { code: string } }
}
const list = async (query: string, token = api.keys.read) => {
  const response = await api.call('GET', `/v1/events${query}`, { token })
  return { status: response.status, body: (await response.json()) as Page & { code: string } }
}
const stock = (id: string, fields: object = {}) => cloudEvent({ id, data: { sku: 'K', available: 1 }, ...fields })

describe('POST /v1/events', () => {
  test.each([
    ['application/cloudevents+json', stock('one')],
    ['application/cloudevents+json; charset=utf-8', stock('two')],
    ['application/cloudevents-batch+json', [stock('three')]],
    ['application/json', stock('four')],
    ['application/json', [stock('five')]],
  ])('takes %s', async (type, body) => {
    expect(await send(body, type)).toEqual({ status: 202, body: { accepted: 1, duplicates: 0, rejected: [] } })
    expect(await send(body, type)).toEqual({ status: 202, body: { accepted: 0, duplicates: 1, rejected: [] } })
  })

  test('takes an event in binary mode, as the same one', async () => {
    const headers = { 'content-type': 'application/json', 'ce-specversion': '1.0', 'ce-type': 'inventory.adjusted' }
    const named = { ...headers, 'ce-id': 'binary', 'ce-source': '/warehouse', 'ce-subject': 'Gr%C3%BCn' }
    const body = { sku: 'K', available: 4 }
    const response = await api.call('POST', '/v1/events', { token: api.keys.events, body, headers: named })
    expect([response.status, await response.json()]).toEqual([202, { accepted: 1, duplicates: 0, rejected: [] }])
    const { items } = (await list('?limit=1')).body
    expect(items).toMatchObject([{ id: 'binary', source: '/warehouse', type: 'inventory.adjusted', subject: 'Grün' }])
    const nameless = await api.call('POST', '/v1/events', { token: api.keys.events, body, headers })
    expect(await nameless.json()).toMatchObject({ rejected: [{ code: 'attribute_missing' }] })
    const whole = stock('binary', { source: '/warehouse', data: body })
    const again = { ...named, 'content-type': 'application/cloudevents+json' }
    const structured = await api.call('POST', '/v1/events', { token: api.keys.events, body: whole, headers: again })
    expect(await structured.json()).toMatchObject({ duplicates: 1 })
  })

  test('takes the good ones of a batch and names the bad ones', async () => {
    const { body } = await send([stock('good'), stock('bad', { type: 'no.such' }), 7, stock('fine')])
    expect(body).toMatchObject({
      accepted: 2,
      duplicates: 0,
      rejected: [
        { index: 1, id: 'bad', code: 'type_unknown', message: expect.any(String) },
        { index: 2, id: null, code: 'not_an_event' },
      ],
    })
  })

  test('is 202 for an empty batch', async () => {
    expect(await send([])).toEqual({ status: 202, body: { accepted: 0, duplicates: 0, rejected: [] } })
  })

  test.each([
    ['a text', '"event"'],
    ['null', 'null'],
    ['a number', '7'],
  ])('refuses %s', async (_what, raw) => {
    const response = await api.call('POST', '/v1/events', {
      token: api.keys.events,
      raw,
      headers: { 'content-type': 'application/json' },
    })
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([
      400,
      'ingest.event.not_readable',
    ])
  })

  test('refuses over a thousand events, and none of them is taken', async () => {
    const many = Array.from({ length: 1_001 }, (_, at) => ({ id: `many-${at}` }))
    expect(await send(many)).toMatchObject({ status: 413, body: { code: 'ingest.event.too_many' } })
  })

  test('refuses what is no JSON by its type', async () => {
    expect(await send(stock('xml'), 'application/cloudevents+xml')).toMatchObject({ status: 415 })
  })

  test('needs a key with the scope', async () => {
    expect(await send(stock('x'), 'application/json', api.keys.read)).toMatchObject({
      status: 403,
      body: { code: 'api.key.scope' },
    })
    expect(await send(stock('x'), 'application/json', api.keys.admin)).toMatchObject({ status: 202 })
  })

  test('answers a repeated request with the same Idempotency-Key as the first time', async () => {
    const headers = { 'idempotency-key': 'once' }
    const call = () => api.call('POST', '/v1/events', { token: api.keys.events, body: stock('again'), headers })
    const bodies = [await (await call()).json(), await (await call()).json()]
    expect(bodies).toEqual([
      { accepted: 1, duplicates: 0, rejected: [] },
      { accepted: 1, duplicates: 0, rejected: [] },
    ])
  })
})

describe('GET /v1/events', () => {
  test('lists by state, the newest first, page by page', async () => {
    for (const id of ['o1', 'o2', 'o3'])
      await send(cloudEvent({ id, type: 'order.paid', data: { email: 'a@b.example' } }))
    const { body: first } = await list('?state=parked,unhandled&limit=2')
    expect(first.items).toMatchObject([
      { id: 'o3', type: 'order.paid', state: 'unhandled', attempts: 0, settledAt: null, problem: null },
      { id: 'o2' },
    ])
    const { body: second } = await list(`?state=parked,unhandled&limit=2&cursor=${first.nextCursor}`)
    expect(second).toMatchObject({ items: [{ id: 'o1' }], nextCursor: null })
    expect(JSON.stringify([first, second])).not.toContain('a@b.example')
  })

  test('lists all states when none is named, and those of the own shop alone', async () => {
    const all = await list('?limit=200')
    expect(all.body.items.some(({ state }) => state === 'waiting')).toBe(true)
    expect(await list('', api.keys.otherAdmin)).toMatchObject({ status: 200, body: { items: [] } })
  })

  test.each(['?state=eaten', '?state=', '?cursor=first', '?limit=0'])('refuses %s', async (query) => {
    expect((await list(query)).status).toBe(400)
  })

  test('is for viewers and keys that read, and for nobody else', async () => {
    const { token } = await api.operator('viewer')
    expect((await list('', token)).status).toBe(200)
    expect((await list('', api.keys.events)).status).toBe(200)
    expect((await list('', api.keys.ingest)).status).toBe(403)
    expect((await list('', (await api.shopper()).token)).status).toBe(401)
  })
})

test('a shopper who has their data erased is no longer named by events that were kept', async () => {
  const { signal, shop, clock, personalData, session, asOwner } = api
  const owner = { shop, session: (await session('cust-12')).id, customer: 'cust-12' as never }
  const order = (id: string, data: object) => cloudEvent({ id, type: 'order.placed', data })
  await send([
    order('by id', { customer: { id: 'cust-12' } }),
    order('by address', { note: 'Mail me: ADA@shop.example, please' }),
    order('of another', { customer: { id: 'cust-120' } }),
  ])
  await personalData.erase(owner, clock.now(), null, signal)
  const rows = await asOwner(`select id, data from inbox where type = 'order.placed' order by id`)
  expect(rows).toEqual([
    { id: 'by address', data: null },
    { id: 'by id', data: null },
    { id: 'of another', data: '{"customer":{"id":"cust-120"}}' },
  ])
})
