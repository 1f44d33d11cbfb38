import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EXCEPTION_TYPES } from '#domain/exceptions/exception-type.ts'
import { type ApiBench, apiBench } from '../../../../test/fixtures/api-bench.ts'

let bench: ApiBench
beforeAll(async () => {
  bench = await apiBench()
})
afterAll(() => bench.close())

const admin = () => ({ token: bench.keys.admin })
const read = async (response: Response) => ({ status: response.status, body: await response.json() })
const report = (orderId: string, more: object = {}) =>
  bench.call('POST', '/v1/exceptions', {
    ...admin(),
    body: { orderId, source: 'test', detail: 'The parcel is lost', ...more },
  })

describe('a reported exception', () => {
  test('becomes one case however often it is reported, of the type its words tell', async () => {
    const first = await read(await report('A-1'))
    expect(first).toMatchObject({ status: 202, body: { outcome: 'opened', caseId: expect.stringMatching(/^cas_/) } })
    const again = await read(await report('A-1'))
    expect(again.body).toEqual({ outcome: 'joined', caseId: first.body.caseId })
    const found = await read(await bench.call('GET', `/v1/cases/${first.body.caseId}`, admin()))
    expect(found.body).toMatchObject({ type: 'lost_in_transit', status: 'investigating', order: 'A-1', proposal: null })
  })

  test('whose words tell no type has to name one, and nothing is opened', async () => {
    const unclear = await read(await report('A-2', { detail: 'please help' }))
    expect(unclear).toMatchObject({ status: 422, body: { code: 'type_unclear', errors: [{ path: 'type' }] } })
    expect((await read(await report('A-2', { detail: '', type: 'fraud_hold' }))).status).toBe(202)
  })

  test('is refused with the paths of what is wrong with it', async () => {
    const wrong = await read(await report('A-3', { type: 'nonsense', extra: 1 }))
    expect(wrong).toMatchObject({ status: 400, body: { errors: expect.arrayContaining([]) } })
  })

  test.each(['agent', 'approver', 'admin'] as const)(
    'by a person (%s) brings no fact that could let something happen without an approver',
    async (role) => {
      const { token } = await bench.operator(role)
      const address = { name: 'Eve', line1: 'Elsewhere 1', city: 'Ulm', postalCode: '89077', country: 'DE' }
      const told = { suggestion: address, confidence: 1, customerAddress: address, heldSince: '2020-01-01', odd: 1 }
      const body = { orderId: `A-5-${role}`, source: 'carrier', detail: 'Wrong house', type: 'address_invalid' }
      const send = (data: object) => bench.call('POST', '/v1/exceptions', { token, body: { ...body, data } })
      expect(await read(await send({ ...told, sku: 'POT' }))).toMatchObject({
        status: 422,
        body: { code: 'data_unproven', errors: Object.keys(told).map((name) => ({ path: `data.${name}` })) },
      })
      expect((await read(await bench.call('GET', `/v1/cases?q=A-5-${role}`, admin()))).body.items).toEqual([])
      expect((await send({ trackingNumber: '1234', sku: 'POT', refundId: 'R-1', photos: 2 })).status).toBe(202)
    },
  )

  test('by a system with its key brings what it measured', async () => {
    const data = { suggestion: { line1: 'Ring 2' }, confidence: 0.9 }
    const body = { orderId: 'A-6', source: 'address-check', detail: '', type: 'address_invalid', data }
    expect((await bench.call('POST', '/v1/exceptions', { token: bench.keys.events, body })).status).toBe(202)
  })

  test('is another shop’s business alone', async () => {
    const { body } = await read(await report('A-4'))
    const other = { token: bench.keys.otherAdmin }
    expect((await bench.call('GET', `/v1/cases/${body.caseId}`, other)).status).toBe(404)
    expect((await read(await bench.call('GET', '/v1/cases?q=A-4', other))).body.items).toEqual([])
  })
})

describe('the list of cases', () => {
  test('filters by status, type and words, and pages', async () => {
    for (const number of [11, 12, 13]) await report(`B-${number}`, { type: 'carrier_delay' })
    const page = await read(await bench.call('GET', '/v1/cases?type=carrier_delay&limit=2&status=open', admin()))
    expect(page.body.items).toHaveLength(2)
    const rest = await read(
      await bench.call(
        'GET',
        `/v1/cases?type=carrier_delay&limit=2&cursor=${encodeURIComponent(page.body.nextCursor)}`,
        admin(),
      ),
    )
    expect(rest.body.items).toHaveLength(1)
    const one = await read(await bench.call('GET', '/v1/cases?q=B-12&status=investigating,waiting', admin()))
    expect(one.body.items).toMatchObject([{ order: 'B-12' }])
    expect((await bench.call('GET', '/v1/cases?status=nonsense', admin())).status).toBe(400)
  })

  test('is seen by people of the shop and by no shopper', async () => {
    const viewer = await bench.operator('viewer')
    expect((await bench.call('GET', '/v1/cases', { token: viewer.token })).status).toBe(200)
    const shopper = await bench.shopper()
    expect((await bench.call('GET', '/v1/cases', { token: shopper.token })).status).toBe(401)
    expect((await bench.call('GET', '/v1/cases')).status).toBe(401)
  })
})

describe('a decision', () => {
  test('about what was never proposed is stale, and about no case unknown', async () => {
    const { body } = await read(await report('C-1'))
    const decide = (id: string) =>
      bench.call('POST', `/v1/cases/${id}/decision`, {
        ...admin(),
        body: { decision: 'approve', proposalHash: '0'.repeat(64) },
      })
    expect(await read(await decide(body.caseId))).toMatchObject({
      status: 409,
      body: { code: 'stale_proposal', proposal: null },
    })
    expect((await decide('cas_none')).status).toBe(404)
    const many = await read(
      await bench.call('POST', '/v1/decisions', {
        ...admin(),
        body: {
          decisions: [
            { caseId: body.caseId, decision: 'approve', proposalHash: 'x' },
            { caseId: 'cas_none', decision: 'escalate', proposalHash: 'x' },
          ],
        },
      }),
    )
    expect(many.body.results).toMatchObject([{ status: 409, code: 'stale_proposal' }, { status: 404 }])
  })

  test('carries edits when it is an edit, and only then', async () => {
    const body = { decision: 'edit', proposalHash: 'x' }
    expect((await bench.call('POST', '/v1/cases/cas_x/decision', { ...admin(), body })).status).toBe(400)
    const edits = { actions: [{ kind: 'refund', args: { amount: 1 } }] }
    const approve = { decision: 'approve', proposalHash: 'x', edits }
    expect((await bench.call('POST', '/v1/cases/cas_x/decision', { ...admin(), body: approve })).status).toBe(400)
  })

  test('is not for viewers', async () => {
    const viewer = await bench.operator('viewer')
    const body = { decision: 'approve', proposalHash: 'x' }
    expect((await bench.call('POST', '/v1/cases/cas_x/decision', { token: viewer.token, body })).status).toBe(403)
  })

  test('about an unknown action undoes nothing', async () => {
    expect((await bench.call('POST', '/v1/actions/act_none/undo', admin())).status).toBe(404)
  })
})

describe('the policy', () => {
  test('is changed by whoever read the one in force, in versions, and rolled back', async () => {
    const before = await bench.call('GET', '/v1/policy', admin())
    const policy = await before.json()
    const etag = before.headers.get('etag') as string
    expect((await bench.call('PUT', '/v1/policy', { ...admin(), body: policy })).status).toBe(428)
    const stricter = { ...policy, limits: { ...policy.limits, lostAfterDays: policy.limits.lostAfterDays + 1 } }
    const put = (tag: string, body: unknown) =>
      bench.call('PUT', '/v1/policy?note=test', { ...admin(), body, headers: { 'if-match': tag } })
    const stored = await put(etag, stricter)
    expect(stored.status).toBe(200)
    expect(stored.headers.get('etag')).not.toBe(etag)
    expect((await put(etag, policy)).status).toBe(412)
    const broken = await read(await put(stored.headers.get('etag') as string, { ...policy, limits: {} }))
    expect(broken).toMatchObject({ status: 400, body: { errors: expect.any(Array) } })
    expect(await (await bench.call('GET', '/v1/policy', admin())).json()).toEqual(stricter)
    const rolled = await read(await bench.call('POST', '/v1/policy/rollback', { ...admin(), body: { version: 0 } }))
    expect(rolled.body.rolledBackTo).toBe(0)
    expect(
      (await read(await bench.call('GET', '/v1/policy/versions', admin()))).body.items.length,
    ).toBeGreaterThanOrEqual(2)
  })

  test('in force replayed over the past changes nothing', async () => {
    const policy = await (await bench.call('GET', '/v1/policy', admin())).json()
    const replay = await read(await bench.call('POST', '/v1/policy/replay', { ...admin(), body: { policy, days: 30 } }))
    expect(replay).toMatchObject({ status: 200, body: { changes: [], money: { released: [], held: [] } } })
  })
})

describe('authority', () => {
  test('is raised on evidence alone, and lowered at will', async () => {
    const set = (level: string) => bench.call('PUT', '/v1/autonomy/carrier_delay', { ...admin(), body: { level } })
    expect((await set('off')).status).toBe(200)
    expect(await read(await set('auto'))).toMatchObject({
      status: 409,
      body: { code: 'not_enough_evidence', evidence: { decisions: 0 } },
    })
    const { body } = await read(await bench.call('GET', '/v1/autonomy', admin()))
    expect(body.items).toHaveLength(EXCEPTION_TYPES.length)
    expect(body.items).toContainEqual(expect.objectContaining({ type: 'carrier_delay', level: 'off' }))
  })

  test('can be switched off for an action, and a switch for nothing is refused', async () => {
    const flip = (scope: string, on: boolean) =>
      bench.call('POST', '/v1/kill-switch', { ...admin(), body: { scope, on, reason: 'looking into it' } })
    expect(await read(await flip('action:refund', true))).toMatchObject({
      status: 200,
      body: { on: true, by: { name: 'admin' } },
    })
    expect((await flip('action:nonsense', true)).status).toBe(400)
    await flip('action:refund', false)
    const { body } = await read(await bench.call('GET', '/v1/kill-switch', admin()))
    expect(body.items).toMatchObject([{ scope: 'action:refund', on: false }])
  })
})

describe('the audit', () => {
  test('is whole, and tells who did what', async () => {
    await report('D-1')
    const verdict = await read(await bench.call('GET', '/v1/audit/verify', admin()))
    expect(verdict.body).toMatchObject({ ok: true, firstBroken: null })
    expect(verdict.body.entries).toBeGreaterThan(0)
    const page = await read(await bench.call('GET', '/v1/audit?limit=3', admin()))
    expect(page.body.items).toHaveLength(3)
    expect(page.body.items[0].seq).toBe(verdict.body.head.seq)
  })
})
