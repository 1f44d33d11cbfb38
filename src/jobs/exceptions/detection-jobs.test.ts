import { afterEach, beforeEach, expect, test } from 'vitest'
import { PURSER } from '#domain/approvals/proposal.ts'
import { orderId } from '#domain/ids.ts'
import { type ApprovalsBench, approvalsBench } from '../../../test/fixtures/approvals-bench.ts'
import { anOrder, aParcel, at, NOW, paymentOf, scan } from '../../../test/fixtures/case-builder.ts'
import { silentLog } from '../../../test/fixtures/silent-log.ts'
import { detectExceptions } from './detection-jobs.ts'

let bench: ApprovalsBench
beforeEach(async () => {
  bench = await approvalsBench()
})
afterEach(() => bench.close())

test('what ended lately is not found again, however many orders have a number that begins alike', async () => {
  const { cases, policies, clock, shop, signal } = bench
  const late = anOrder({ id: orderId('ORD-7'), promisedBy: at(-1) })
  const watched = { order: late, parcels: [aParcel([scan(-2, 'COLL')])], payment: paymentOf(late), stock: [] }
  const parts = {
    watch: { orders: async () => [watched] },
    cases,
    policies,
    shops: { list: async () => [] },
    pickingLocation: 'DC-EAST',
    clock,
    log: silentLog,
  }
  clock.move(Date.parse(NOW) - clock.now().getTime())
  expect(await detectExceptions(parts, shop, signal)).toBe(1)
  for (const { id } of await cases.ofOrder(shop, late.id, signal))
    await cases.resolve(shop, id, 'solved', PURSER, signal)
  clock.move(1_000)
  for (let other = 0; other < 51; other += 1) await bench.openCase('carrier_delay', `ORD-7${other}`)
  expect(await detectExceptions(parts, shop, signal)).toBe(0)
})
