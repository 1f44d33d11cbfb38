import { afterAll, beforeAll, expect, test } from 'vitest'
import { PURSER } from '#domain/approvals/proposal.ts'
import type { ExceptionType } from '#domain/exceptions/exception-type.ts'
import { type CustomerId, customerId, orderId } from '#domain/ids.ts'
import { type ApprovalsBench, approvalsBench } from '../../test/fixtures/approvals-bench.ts'
import { anOrder } from '../../test/fixtures/case-builder.ts'
import type { Caller } from './look-up.port.ts'
import { orderLookUp } from './order-look-up.ts'
import type { ReportTool } from './report-exception.port.ts'
import { reportException } from './report-exception.ts'

const { signal } = new AbortController()
const DAY = 86_400_000
let bench: ApprovalsBench
let tool: ReportTool
let made = 0
beforeAll(async () => {
  bench = await approvalsBench()
  const system = {
    // The order system knows numbers in any case of letters, and says them in its own.
    order: async (_shop: unknown, id: string) => anOrder({ id: orderId(id.toUpperCase()) }),
    ordersOf: async () => [],
    customer: async () => null,
  }
  tool = reportException(orderLookUp(system, bench.clock), bench.cases, bench.clock)
})
afterAll(() => bench.close())

const caller = (customer: string | null = 'C-1'): Caller => ({
  shop: bench.shop,
  customer: customer as CustomerId | null,
  unlockedOrders: [],
})
const reported = (order: string, message: `msg_${string}`, type: ExceptionType = 'damaged_in_transit', by = caller()) =>
  tool.report(by, { order: orderId(order), type, words: 'It is in pieces', message }, signal)
const casesOf = async (order: string, by = caller()) =>
  (await tool.casesOf(by, [anOrder({ id: orderId(order) })], signal)).cases
const fresh = () => `ORD-${1000 + ++made}`

test('opens one case per order and type, of the order’s customer, whoever reports and however often', async () => {
  const order = fresh()
  const all = await Promise.all([
    reported(order, 'msg_1'),
    reported(order, 'msg_2'),
    reported(order.toLowerCase(), 'msg_1'),
  ])
  const ids = all.map((one) => (one.outcome === 'reported' ? one.case.id : null))
  expect(new Set(ids).size).toBe(1)
  expect(await casesOf(order)).toMatchObject([
    { source: 'customer', detail: 'It is in pieces', customerId: 'C-1', status: 'investigating', order },
  ])
  await reported(order, 'msg_3', 'partial_shipment_short')
  expect(await casesOf(order)).toHaveLength(2)
})

test('opens no second one for a message whose case is closed by now, but one for a new message', async () => {
  const order = fresh()
  const first = await reported(order, 'msg_4')
  if (first.outcome !== 'reported') throw new Error(first.outcome)
  await bench.cases.resolve(bench.shop, first.case.id, 'solved', PURSER, signal)
  expect(await reported(order, 'msg_4')).toMatchObject({ case: { id: first.case.id, status: 'resolved' } })
  const next = await reported(order, 'msg_5')
  expect(next.outcome === 'reported' && next.case.id).not.toBe(first.case.id)
})

test('neither reports nor tells of an order that is not the caller’s', async () => {
  const order = fresh()
  await reported(order, 'msg_6')
  for (const by of [caller('C-2'), caller(null)]) {
    expect(await reported(order, 'msg_7', 'damaged_in_transit', by)).toEqual({ outcome: 'not_yours' })
    expect(await casesOf(order, by)).toEqual([])
  }
  const unlocked = { ...caller(null), unlockedOrders: [orderId(order)] }
  expect(await casesOf(order, unlocked)).toHaveLength(1)
})

test('tells nobody that an order is suspected of fraud, nor of another order whose number begins alike, nor of old news', async () => {
  const order = fresh()
  const base = { source: 'risk', detail: '', customerId: customerId('C-1') }
  await bench.cases.open(bench.shop, { ...base, order: orderId(order), type: 'fraud_hold' }, PURSER, signal)
  await bench.cases.open(bench.shop, { ...base, order: orderId(`${order}0`), type: 'carrier_delay' }, PURSER, signal)
  expect(await casesOf(order)).toEqual([])
  const old = await reported(order, 'msg_8')
  if (old.outcome !== 'reported') throw new Error(old.outcome)
  await bench.cases.resolve(bench.shop, old.case.id, 'solved', PURSER, signal)
  expect(await casesOf(order)).toHaveLength(1)
  bench.clock.move(61 * DAY)
  expect(await casesOf(order)).toEqual([])
})

test('finds what was reported of an order among hundreds of cases of its own and of others that begin alike', async () => {
  const order = fresh()
  const first = await reported(order, 'msg_9')
  if (first.outcome !== 'reported') throw new Error(first.outcome)
  await bench.cases.resolve(bench.shop, first.case.id, 'solved', PURSER, signal)
  for (let other = 0; other < 25; other += 1) {
    const later = await reported(order, `msg_9${other}`)
    if (later.outcome === 'reported') await bench.cases.resolve(bench.shop, later.case.id, 'solved', PURSER, signal)
    await reported(`${order}${other}`, `msg_9_${other}`)
  }
  expect(await casesOf(order)).toHaveLength(26)
  expect(await reported(order, 'msg_9')).toMatchObject({ case: { id: first.case.id, status: 'resolved' } })
})
