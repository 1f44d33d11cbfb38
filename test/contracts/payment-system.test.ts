import { afterAll, beforeAll } from 'vitest'
import { sandboxHappenings } from '#commerce/sandbox/happenings.ts'
import { order } from '../fixtures/order-builder.ts'
import { type SandboxBench, sandboxBench } from '../fixtures/sandbox-bench.ts'
import { paymentContract } from './payment-system.contract.ts'

let bench: SandboxBench
beforeAll(async () => {
  bench = await sandboxBench()
})
afterAll(() => bench.close())

paymentContract('sandbox', () => {
  const { id, files, controls, ids, signal, clock } = bench
  const happenings = sandboxHappenings(files, controls, ids)
  const placedAt = () => clock.now().toISOString()
  return {
    payments: bench.systems.payments,
    paid: async () => ({ shop: await bench.shopWith([order()]), order: id }),
    authorised: async () => ({
      shop: await bench.shopWith([order({ paymentStatus: 'authorized', placedAt: placedAt() })]),
      order: id,
    }),
    unpaid: async () => ({ shop: await bench.shopWith([order({ paymentStatus: 'pending' })]), order: id }),
    settle: (shop, one, refund, status) => happenings.settleRefund(shop, one, refund, status, signal),
    dispute: (shop, one) => happenings.dispute(shop, one, signal),
    daysPass: (days) => clock.move(days * 86_400_000),
  }
})
