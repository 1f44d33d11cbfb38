import { afterEach, expect, test } from 'vitest'
import { CAREFUL_LIMITS, policyFromLimits } from '#approvals/policy/default-policy.ts'
import type { CaseId } from '#domain/ids.ts'
import { ADDRESS, anOrder } from '../fixtures/case-builder.ts'
import { BEN, type ExceptionBench, exceptionBench } from '../fixtures/exception-bench.ts'

const suggestion = { ...ADDRESS, line1: 'Ring 2' }
const order = anOrder({ status: 'processing' })
const stock = order.lines.map(({ sku }) => ({ sku, location: 'DC-EAST', onHand: 10, reserved: 0 }))

let bench: ExceptionBench
afterEach(() => bench.close())

const caseNow = (id: CaseId) => bench.cases.load(bench.shop, id, bench.signal)
const orderNow = async () =>
  (await bench.sandbox.systems.desk.versionedOrder(bench.shop, order.id, bench.signal))?.value
const done = async (id: CaseId) =>
  (await bench.journal.ofCase(bench.shop, id, bench.signal)).map(({ kind, state }) => [kind, state])
/** Another hand at the order system. */
const byHand = (key: string) => ({ shop: bench.shop, key: `hand_${key}` })

/** An order held because nobody knows its address. */
async function held(): Promise<CaseId> {
  bench = await exceptionBench({ order, parcels: [], stock })
  const caseId = await bench.opened('address_invalid')
  expect((await orderNow())?.status).toBe('on_hold')
  return caseId
}
async function answered(): Promise<void> {
  const data = { suggestion, confidence: 1 }
  const answer = { order: order.id, type: 'address_invalid', source: 'shop', detail: '', data } as const
  const { caseId } = await bench.cases.open(bench.shop, answer, BEN, bench.signal)
  await bench.agent.triage(bench.shop, caseId, 'reported', bench.signal)
}

test('our own hold is released with the address that was put right, by an action with its receipt', async () => {
  const caseId = await held()
  await answered()
  expect(await done(caseId)).toEqual([
    ['hold_order', 'succeeded'],
    ['request_address', 'succeeded'],
    ['update_shipping_address', 'succeeded'],
    ['release_hold', 'succeeded'],
  ])
  expect(await orderNow()).toMatchObject({ status: 'processing', shippingAddress: suggestion })
  const [hold, , , released] = await bench.journal.ofCase(bench.shop, caseId, bench.signal)
  expect(released?.receipt).toMatch(/^RH/)
  const proposal = await bench.proposals.standing(bench.shop, caseId, bench.signal)
  expect(proposal?.summary).toContain(`The hold is our own (${hold?.receipt})`)
  expect((await caseNow(caseId))?.status).toBe('resolved')
})

test('our own hold is released when somebody else put the address right', async () => {
  const caseId = await held()
  await bench.sandbox.systems.orders.setShippingAddress(byHand('a'), order.id, suggestion, bench.signal)
  await bench.agent.triage(bench.shop, caseId, 'news', bench.signal)
  expect((await orderNow())?.status).toBe('processing')
  expect(await caseNow(caseId)).toMatchObject({ status: 'resolved', cause: 'already_corrected' })
})

test('an address that was changed and is still none releases nothing', async () => {
  const caseId = await held()
  const worse = { ...ADDRESS, line1: 'Ring 2', postalCode: '1' }
  await bench.sandbox.systems.orders.setShippingAddress(byHand('a'), order.id, worse, bench.signal)
  await bench.agent.triage(bench.shop, caseId, 'news', bench.signal)
  expect((await orderNow())?.status).toBe('on_hold')
  expect((await caseNow(caseId))?.status).toBe('waiting')
})

test('a hold somebody else placed since is not ours to release', async () => {
  const caseId = await held()
  const { orders } = bench.sandbox.systems
  await orders.releaseHold(byHand('r'), order.id, bench.signal)
  await orders.hold(byHand('h'), order.id, 'fraud team', bench.signal)
  await answered()
  expect(await orderNow()).toMatchObject({ status: 'on_hold', holdReason: 'fraud team', shippingAddress: suggestion })
  expect((await done(caseId)).map(([kind]) => kind)).not.toContain('release_hold')
})

test('a person releases our own hold while another case of the order is open', async () => {
  const caseId = await held()
  const other = { order: order.id, type: 'fraud_hold', source: 'test', detail: '' } as const
  await bench.cases.open(bench.shop, other, BEN, bench.signal)
  await answered()
  expect((await caseNow(caseId))?.status).toBe('awaiting_approval')
  expect((await orderNow())?.status).toBe('on_hold')
  expect((await bench.approved(caseId)).outcome).toBe('decided')
  await bench.agent.act(bench.shop, caseId, bench.signal)
  expect(await orderNow()).toMatchObject({ status: 'processing', shippingAddress: suggestion })
})

test('a policy that wants a person for releasing is asked', async () => {
  const caseId = await held()
  const plain = policyFromLimits(CAREFUL_LIMITS)
  const policy = {
    ...plain,
    actions: { ...plain.actions, release_hold: { ...plain.actions.release_hold, mode: 'approve' as const } },
  }
  await bench.policies.put(bench.shop, { policy, ifMatch: null, by: BEN, note: null }, bench.signal)
  await answered()
  expect((await caseNow(caseId))?.status).toBe('awaiting_approval')
  expect((await orderNow())?.status).toBe('on_hold')
})
