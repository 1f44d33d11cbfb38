import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { order, parcel, sentOrder } from '../fixtures/order-builder.ts'
import { type SandboxBench, sandboxBench } from '../fixtures/sandbox-bench.ts'
import { orderChangesContract } from './order-changes.contract.ts'

let bench: SandboxBench
beforeAll(async () => {
  bench = await sandboxBench()
})
afterAll(() => bench.close())

orderChangesContract('sandbox', () => {
  const { id, systems } = bench
  const stopped = sentOrder({ shipments: [parcel({ status: 'exception' })] })
  return {
    ...systems,
    fresh: async () => ({ shop: await bench.shopWith([order()]), order: id }),
    sent: async () => ({ shop: await bench.shopWith([sentOrder()]), order: id }),
    stopped: async () => ({ shop: await bench.shopWith([stopped]), order: id }),
  }
})

test('what came back to the dock goes out again without a shelf', async () => {
  const { id, signal, systems } = bench
  const back = parcel({ status: 'returned', lines: [{ sku: 'LAMP', qty: 2 }] })
  const shop = await bench.shopWith([sentOrder({ shipments: [back] })], [])
  const lamps = [{ sku: 'LAMP', qty: 2 }]
  expect(await systems.orders.reship({ shop, key: 'a' }, id, [{ sku: 'CHAIR', qty: 1 }], signal)).toMatchObject({
    why: 'out_of_stock',
  })
  expect((await systems.orders.reship({ shop, key: 'b' }, id, lamps, signal)).outcome).toBe('succeeded')
  expect(await systems.orders.reship({ shop, key: 'c' }, id, lamps, signal)).toMatchObject({ why: 'units_settled' })
})

test('an order held for its payment is released like any other', async () => {
  const { id, signal, systems } = bench
  const shop = await bench.shopWith([order({ status: 'payment_hold' })])
  expect((await systems.orders.releaseHold({ shop, key: 'a' }, id, signal)).outcome).toBe('succeeded')
  expect((await systems.desk.versionedOrder(shop, id, signal))?.value.status).toBe('processing')
})

describe('the sandbox’s carriers and letters', () => {
  test('traces and claims a parcel once each', async () => {
    const { id, signal, systems } = bench
    const shop = await bench.shopWith([sentOrder()])
    expect((await systems.carriers.openTrace({ shop, key: 'a' }, id, null, signal)).outcome).toBe('succeeded')
    expect(await systems.carriers.openTrace({ shop, key: 'b' }, id, 'SH-1', signal)).toMatchObject({
      why: 'already_done',
    })
    const claim = { shipment: null, amount: 13_000, reason: 'lost' }
    expect((await systems.carriers.fileClaim({ shop, key: 'c' }, id, claim, signal)).outcome).toBe('succeeded')
    expect(
      await systems.carriers.fileClaim({ shop, key: 'd' }, id, { ...claim, shipment: 'NONE' }, signal),
    ).toMatchObject({ why: 'unknown_shipment' })
  })

  test('sends a letter once, and none that names a receipt nobody gave', async () => {
    const { id, signal, systems } = bench
    const shop = await bench.shopWith([order()])
    const paid = await systems.payments.refund({ shop, key: 'a' }, id, { amount: 100, currency: 'EUR' }, null, signal)
    const receipt = paid.outcome === 'succeeded' ? paid.receipt : ''
    const letter = { kind: 'notify_customer', topic: 'refund', text: 'Your refund is on its way.' } as const
    const send = (key: string, receipts: string[]) =>
      systems.messages.send({ shop, key }, id, { ...letter, receipts }, signal)
    expect((await send('b', [receipt])).outcome).toBe('succeeded')
    await send('b', [receipt])
    expect(await send('c', ['RF-INVENTED'])).toEqual({ outcome: 'failed', why: 'receipt_unknown' })
    expect(await systems.messages.sent(shop, id, signal)).toMatchObject([{ ...letter, receipts: [receipt] }])
  })
})

describe('faults on the way', () => {
  const eur = { amount: 1_000, currency: 'EUR' }
  const strikes = { system: 'payments', operation: 'refund', share: 1, timesLeft: 1, latencyMs: 0 } as const

  test('a time-out before sending changes nothing and may be tried again', async () => {
    const { id, signal, systems, controls } = bench
    const shop = await bench.shopWith([order()])
    await controls.addFault(shop, { ...strikes, fault: 'timeout_before' }, signal)
    const refund = () => systems.payments.refund({ shop, key: 'a' }, id, eur, null, signal)
    await expect(refund()).rejects.toMatchObject({ code: 'commerce.payment.unreachable', kind: 'retryable' })
    expect(await systems.payments.effectByKey(shop, 'a', signal)).toBeNull()
    expect((await refund()).outcome).toBe('succeeded')
  })

  test('a time-out after sending leaves the effect, and the key tells of it', async () => {
    const { id, signal, systems, controls } = bench
    const shop = await bench.shopWith([order()])
    await controls.addFault(shop, { ...strikes, fault: 'timeout_after' }, signal)
    expect(await systems.payments.refund({ shop, key: 'a' }, id, eur, null, signal)).toEqual({ outcome: 'unknown' })
    expect((await systems.payments.effectByKey(shop, 'a', signal))?.outcome).toBe('succeeded')
    expect((await systems.payments.payment(shop, id, signal))?.value.refunding).toBe(1_000)
  })

  test('a busy system says when to come back; a broken one leaves it open', async () => {
    const { id, signal, systems, controls } = bench
    const shop = await bench.shopWith([order()])
    await controls.addFault(shop, { ...strikes, fault: 'rate_limited' }, signal)
    await controls.addFault(shop, { ...strikes, fault: 'server_error' }, signal)
    const refund = () => systems.payments.refund({ shop, key: 'a' }, id, eur, null, signal)
    await expect(refund()).rejects.toMatchObject({ code: 'commerce.system.busy', retryAfter: 1 })
    expect(await refund()).toEqual({ outcome: 'unknown' })
    expect(await systems.payments.effectByKey(shop, 'a', signal)).toBeNull()
  })

  test('strikes one shop alone', async () => {
    const { id, signal, systems, controls } = bench
    const [one, other] = [await bench.shopWith([order()]), await bench.shopWith([order()])]
    await controls.addFault(one, { ...strikes, operation: '*', timesLeft: null, fault: 'timeout_before' }, signal)
    await expect(systems.payments.payment(one, id, signal)).rejects.toThrow()
    expect((await systems.payments.payment(other, id, signal))?.value.captured).toBe(13_000)
    await controls.clearFaults(one, signal)
    expect((await systems.payments.payment(one, id, signal))?.value.captured).toBe(13_000)
  })
})
