import { afterAll, beforeAll, expect, test } from 'vitest'
import { sandboxHappenings } from '#commerce/sandbox/happenings.ts'
import { postgresSandboxEvents } from '#db/commerce/sandbox-events.postgres.ts'
import { orderId, type ShopId } from '#domain/ids.ts'
import { order, sentOrder } from '../fixtures/order-builder.ts'
import { type SandboxBench, sandboxBench } from '../fixtures/sandbox-bench.ts'

const HOUR = 3_600_000
let bench: SandboxBench
beforeAll(async () => {
  bench = await sandboxBench()
})
afterAll(() => bench.close())

function open() {
  const { files, controls, ids, systems, id, signal } = bench
  const happenings = sandboxHappenings(files, controls, ids)
  const payment = async (shop: ShopId) => (await systems.payments.payment(shop, id, signal))?.value
  const moveTo = (shop: ShopId, at: string) => controls.setClock(shop, { frozenAt: new Date(at), offsetMs: 0 }, signal)
  return { ...bench, happenings, payment, moveTo }
}

test('a refund is confirmed when its time has come, and not before', async () => {
  const { happenings, payment, moveTo, controls, systems, signal, id } = open()
  const shop = await bench.shopWith([order()])
  await moveTo(shop, '2026-03-10T10:00:00Z')
  await controls.refundsConfirmAfter(shop, { afterMs: 2 * HOUR, since: null }, signal)
  await systems.payments.refund({ shop, key: 'a' }, id, { amount: 500, currency: 'EUR' }, null, signal)
  await moveTo(shop, '2026-03-10T11:59:59Z')
  await happenings.tick(shop, signal)
  expect(await payment(shop)).toMatchObject({ refunding: 500, refunded: 0 })
  await moveTo(shop, '2026-03-10T12:00:00Z')
  await happenings.tick(shop, signal)
  expect(await payment(shop)).toMatchObject({ refunding: 0, refunded: 500 })
  const told = await postgresSandboxEvents(bench.database).pending(shop, 100, signal)
  expect(told.map(({ type }) => type).filter((type) => type.startsWith('refund'))).toEqual([
    'refund.created',
    'refund.succeeded',
  ])
})

test('a refund that was requested before refunds were confirmed by themselves stays as it was', async () => {
  const { happenings, payment, moveTo, controls, systems, signal, id } = open()
  const shop = await bench.shopWith([order()])
  await moveTo(shop, '2026-03-10T10:00:00Z')
  await systems.payments.refund({ shop, key: 'a' }, id, { amount: 500, currency: 'EUR' }, null, signal)
  await controls.refundsConfirmAfter(shop, { afterMs: HOUR, since: new Date('2026-03-10T10:00:01Z') }, signal)
  await moveTo(shop, '2026-03-10T10:00:01Z')
  await systems.payments.refund({ shop, key: 'b' }, id, { amount: 70, currency: 'EUR' }, null, signal)
  await moveTo(shop, '2026-03-20T10:00:00Z')
  expect(await happenings.tick(shop, signal)).toBe(1)
  expect(await happenings.tick(shop, signal)).toBe(0)
  expect(await payment(shop)).toMatchObject({ refunding: 500, refunded: 70 })
})

test('one order that fails leaves time to pass for the others', async () => {
  const { payment, moveTo, controls, systems, files, ids, signal, id } = open()
  const other = orderId('A-0')
  const shop = await bench.shopWith([order({ id: other }), order()])
  await moveTo(shop, '2026-03-10T10:00:00Z')
  await controls.refundsConfirmAfter(shop, { afterMs: HOUR, since: null }, signal)
  const half = { amount: 500, currency: 'EUR' }
  for (const one of [other, id]) await systems.payments.refund({ shop, key: one }, one, half, null, signal)
  await moveTo(shop, '2026-03-10T12:00:00Z')
  const broken: Pick<typeof files, 'change' | 'file' | 'unsettled'> = {
    ...files,
    unsettled: async () => [other, id],
    file: async (of, one, within) => {
      if (one === other) throw new Error('broken')
      return files.file(of, one, within)
    },
  }
  await expect(sandboxHappenings(broken, controls, ids).tick(shop, signal)).rejects.toThrow('broken')
  expect(await payment(shop)).toMatchObject({ refunding: 0, refunded: 500 })
})

test('an authorisation ends after seven days', async () => {
  const { happenings, payment, moveTo, signal, systems, id } = open()
  const shop = await bench.shopWith([order({ paymentStatus: 'authorized', placedAt: '2026-03-01T10:00:00.000Z' })])
  await moveTo(shop, '2026-03-08T09:59:59Z')
  expect(await happenings.tick(shop, signal)).toBe(0)
  expect((await payment(shop))?.status).toBe('authorized')
  await moveTo(shop, '2026-03-08T10:00:00Z')
  expect(await happenings.tick(shop, signal)).toBe(1)
  expect(await happenings.tick(shop, signal)).toBe(0)
  expect((await payment(shop))?.status).toBe('expired')
  const all = { amount: 13_000, currency: 'EUR' }
  expect(await systems.payments.capture({ shop, key: 'a' }, id, all, signal)).toMatchObject({
    why: 'authorisation_expired',
  })
})

test('a cancelled order’s authorisation is let go within the hour; after that nothing takes the cancellation back', async () => {
  const { happenings, payment, moveTo, signal, systems, id } = open()
  const shop = await bench.shopWith([order({ paymentStatus: 'authorized', placedAt: '2026-03-01T10:00:00.000Z' })])
  await moveTo(shop, '2026-03-02T10:00:00Z')
  await systems.orders.cancel({ shop, key: 'a' }, id, 'twice', signal)
  await moveTo(shop, '2026-03-02T10:59:59Z')
  await happenings.tick(shop, signal)
  expect((await payment(shop))?.status).toBe('authorized')
  await moveTo(shop, '2026-03-02T11:00:00Z')
  await happenings.tick(shop, signal)
  expect((await payment(shop))?.status).toBe('voided')
  expect(await systems.orders.takeBack({ shop, key: 'b' }, 'a', signal)).toMatchObject({ why: 'not_reversible' })
})

test('a scan reaches the parcel it names, and moves the carriers’ version alone', async () => {
  const { happenings, signal, systems, id, files } = open()
  const shop = await bench.shopWith([sentOrder()])
  const before = await systems.desk.versionedOrder(shop, id, signal)
  const event = { at: '2026-03-04T09:00:00.000Z', code: 'DEL', description: 'Delivered' }
  const tracking = '09501234567890'
  expect(await files.orderOfTracking(shop, tracking, signal)).toBe(id)
  await happenings.scan(shop, id, { parcel: tracking, event, status: 'delivered' }, signal)
  const { value, version } = await systems.carriers.parcels(shop, id, signal)
  expect(value[0]).toMatchObject({ status: 'delivered' })
  expect(value[0]?.events.at(-1)).toEqual(event)
  expect(version).toBe(2)
  const told = async () => (await postgresSandboxEvents(bench.database).pending(shop, 100, signal)).length
  const sofar = await told()
  await happenings.scan(shop, id, { parcel: tracking, event, status: 'delivered' }, signal)
  await happenings.settleRefund(shop, id, 'RF-NONE', 'succeeded', signal)
  expect(await told()).toBe(sofar)
  expect((await systems.desk.versionedOrder(shop, id, signal))?.version).toBe(before?.version)
})
