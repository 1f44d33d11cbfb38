import { describe, expect, test } from 'vitest'
import type { StockDesk } from '#commerce/inventory-system.port.ts'
import type { OrderChanges, OrderDesk } from '#commerce/order-system.port.ts'
import type { PaymentSystem } from '#commerce/payment-system.port.ts'
import type { OrderId, ShopId } from '#domain/ids.ts'

/** `fresh`: two LAMP, one CHAIR, captured, not sent. `stopped`: sent, its parcel held up by the carrier. Stock: five CHAIR and one LAMP at DC-EAST, nine LAMP at DC-WEST. */
export type OrderBench = {
  orders: OrderChanges
  desk: OrderDesk
  stock: StockDesk
  payments: PaymentSystem
  fresh(): Promise<{ shop: ShopId; order: OrderId }>
  sent(): Promise<{ shop: ShopId; order: OrderId }>
  stopped(): Promise<{ shop: ShopId; order: OrderId }>
}

const ELSEWHERE = { name: 'Mira Vogt', line1: 'Am Markt 7', city: 'Bremen', postalCode: '28195', country: 'DE' }

/** What every order system must do, with the stock that moves along. */
export function orderChangesContract(adapter: string, open: () => OrderBench) {
  const { signal } = new AbortController()
  const eur = (amount: number) => ({ amount, currency: 'EUR' })

  describe(`OrderChanges contract: ${adapter}`, () => {
    test('changes an address before the parcel leaves, and back', async () => {
      const { orders, desk, fresh } = open()
      const { shop, order } = await fresh()
      const before = await desk.versionedOrder(shop, order, signal)
      expect((await orders.setShippingAddress({ shop, key: 'a' }, order, ELSEWHERE, signal)).outcome).toBe('succeeded')
      expect((await desk.versionedOrder(shop, order, signal))?.value.shippingAddress).toEqual(ELSEWHERE)
      expect((await orders.takeBack({ shop, key: 'b' }, 'a', signal)).outcome).toBe('succeeded')
      expect((await desk.versionedOrder(shop, order, signal))?.value).toEqual(before?.value)
    })

    test('changes no address of a parcel under way, but that of one that stopped', async () => {
      const { orders, sent, stopped } = open()
      const [moving, still] = [await sent(), await stopped()]
      expect(
        await orders.setShippingAddress({ shop: moving.shop, key: 'a' }, moving.order, ELSEWHERE, signal),
      ).toMatchObject({ why: 'already_shipped' })
      expect(
        (await orders.setShippingAddress({ shop: still.shop, key: 'a' }, still.order, ELSEWHERE, signal)).outcome,
      ).toBe('succeeded')
    })

    test('takes nothing back that something was built on', async () => {
      const { orders, fresh } = open()
      const { shop, order } = await fresh()
      await orders.setShippingAddress({ shop, key: 'a' }, order, ELSEWHERE, signal)
      await orders.setShippingAddress({ shop, key: 'b' }, order, { ...ELSEWHERE, line1: 'Am Markt 8' }, signal)
      expect(await orders.takeBack({ shop, key: 'c' }, 'a', signal)).toMatchObject({ why: 'state_moved' })
    })

    test('holds, releases and holds again, each with a key of its own', async () => {
      const { orders, desk, fresh } = open()
      const { shop, order } = await fresh()
      await orders.hold({ shop, key: 'a' }, order, 'address', signal)
      expect(await orders.hold({ shop, key: 'b' }, order, 'address', signal)).toMatchObject({ why: 'already_done' })
      await orders.releaseHold({ shop, key: 'c' }, order, signal)
      expect(await orders.releaseHold({ shop, key: 'd' }, order, signal)).toMatchObject({ why: 'not_now' })
      await orders.takeBack({ shop, key: 'e' }, 'c', signal)
      expect((await desk.versionedOrder(shop, order, signal))?.value).toMatchObject({
        status: 'on_hold',
        holdReason: 'address',
      })
    })

    test('cancels what was not sent, frees its stock, and takes it back', async () => {
      const { orders, desk, stock, fresh } = open()
      const { shop, order } = await fresh()
      await stock.reallocate({ shop, key: 'a' }, order, { sku: 'LAMP', qty: 2 }, 'DC-WEST', signal)
      await orders.cancel({ shop, key: 'b' }, order, 'duplicate', signal)
      expect((await desk.versionedOrder(shop, order, signal))?.value.status).toBe('cancelled')
      const at = async () => (await stock.stock(shop, ['LAMP'], signal)).value.map(({ reserved }) => reserved)
      expect(await at()).toEqual([0, 2])
      await orders.takeBack({ shop, key: 'c' }, 'b', signal)
      expect(await at()).toEqual([0, 4])
      expect((await desk.versionedOrder(shop, order, signal))?.value.status).toBe('processing')
    })

    test('cancels no order that was sent', async () => {
      const { orders, sent } = open()
      const { shop, order } = await sent()
      expect(await orders.cancel({ shop, key: 'a' }, order, 'x', signal)).toMatchObject({ why: 'already_shipped' })
    })

    test('cancels a line: the total falls, and its units can be paid back but not sent', async () => {
      const { orders, desk, payments, fresh } = open()
      const { shop, order } = await fresh()
      await orders.cancelLine({ shop, key: 'a' }, order, { sku: 'LAMP', qty: 2 }, signal)
      expect((await desk.versionedOrder(shop, order, signal))?.value).toMatchObject({
        total: 8_000,
        lines: [{ sku: 'CHAIR' }],
      })
      const units = [{ sku: 'LAMP', qty: 2 }]
      expect(await orders.reship({ shop, key: 'b' }, order, units, signal)).toMatchObject({ why: 'unknown_line' })
      expect((await payments.refund({ shop, key: 'c' }, order, eur(5_000), units, signal)).outcome).toBe('succeeded')
    })

    test('gives a line’s units back to their place when its cancellation is taken back', async () => {
      const { orders, stock, fresh } = open()
      const { shop, order } = await fresh()
      await stock.reallocate({ shop, key: 'a' }, order, { sku: 'LAMP', qty: 2 }, 'DC-WEST', signal)
      await orders.cancelLine({ shop, key: 'b' }, order, { sku: 'LAMP', qty: 2 }, signal)
      expect((await orders.takeBack({ shop, key: 'c' }, 'b', signal)).outcome).toBe('succeeded')
      expect((await stock.stock(shop, ['LAMP'], signal)).value.map(({ reserved }) => reserved)).toEqual([0, 4])
    })

    test('opens no return of what has not arrived', async () => {
      const { orders, fresh, sent } = open()
      for (const { shop, order } of [await fresh(), await sent()])
        expect(await orders.openReturn({ shop, key: 'a' }, order, [{ sku: 'LAMP', qty: 1 }], signal)).toMatchObject({
          why: 'not_now',
        })
    })

    test('sends units again once, from a place that has them', async () => {
      const { orders, stock, sent } = open()
      const { shop, order } = await sent()
      const lamps = [{ sku: 'LAMP', qty: 2 }]
      expect((await orders.reship({ shop, key: 'a' }, order, lamps, signal)).outcome).toBe('succeeded')
      expect((await stock.stock(shop, ['LAMP'], signal)).value.map(({ reserved }) => reserved)).toEqual([0, 4])
      expect(await orders.reship({ shop, key: 'b' }, order, lamps, signal)).toMatchObject({ why: 'units_settled' })
      await orders.takeBack({ shop, key: 'c' }, 'a', signal)
      expect((await orders.reship({ shop, key: 'd' }, order, lamps, signal)).outcome).toBe('succeeded')
    })

    test('never pays for and sends the same units', async () => {
      const { orders, payments, sent } = open()
      const [one, other, third] = [await sent(), await sent(), await sent()]
      const chair = [{ sku: 'CHAIR', qty: 1 }]
      await orders.reship({ shop: one.shop, key: 'a' }, one.order, chair, signal)
      expect(await payments.refund({ shop: one.shop, key: 'b' }, one.order, eur(8_000), chair, signal)).toMatchObject({
        why: 'units_settled',
      })
      expect(await payments.refund({ shop: one.shop, key: 'c' }, one.order, eur(13_000), null, signal)).toMatchObject({
        why: 'units_settled',
      })
      await payments.refund({ shop: other.shop, key: 'a' }, other.order, eur(8_000), chair, signal)
      expect(await orders.reship({ shop: other.shop, key: 'b' }, other.order, chair, signal)).toMatchObject({
        why: 'units_settled',
      })
      await payments.refund({ shop: third.shop, key: 'a' }, third.order, eur(13_000), null, signal)
      expect(await orders.reship({ shop: third.shop, key: 'b' }, third.order, chair, signal)).toMatchObject({
        why: 'units_settled',
      })
    })

    test('lets another place pick a line, and back', async () => {
      const { stock, desk, orders, fresh } = open()
      const { shop, order } = await fresh()
      const line = { sku: 'LAMP', qty: 2 }
      expect(await stock.reallocate({ shop, key: 'a' }, order, line, 'DC-EAST', signal)).toMatchObject({
        why: 'out_of_stock',
      })
      expect((await stock.reallocate({ shop, key: 'b' }, order, line, 'DC-WEST', signal)).outcome).toBe('succeeded')
      expect((await desk.versionedOrder(shop, order, signal))?.value.lines[0]?.location).toBe('DC-WEST')
      expect(await stock.reallocate({ shop, key: 'c' }, order, line, 'NOWHERE', signal)).toMatchObject({
        why: 'unknown_location',
      })
      await stock.takeBack({ shop, key: 'd' }, 'b', signal)
      expect((await stock.stock(shop, ['LAMP'], signal)).value.map(({ reserved }) => reserved)).toEqual([0, 2])
      expect((await orders.effectByKey(shop, 'd', signal))?.outcome).toBe('succeeded')
    })

    test('lets a line wait, and corrects a price with the total', async () => {
      const { orders, desk, fresh } = open()
      const { shop, order } = await fresh()
      await orders.backorderLine({ shop, key: 'a' }, order, { sku: 'LAMP', qty: 2 }, '2026-03-20T00:00:00.000Z', signal)
      await orders.correctPrice({ shop, key: 'b' }, order, 'CHAIR', 7_500, signal)
      expect((await desk.versionedOrder(shop, order, signal))?.value).toMatchObject({
        total: 12_500,
        lines: [{ backorderedUntil: '2026-03-20T00:00:00.000Z' }, { unitPrice: 7_500 }],
      })
    })

    test('refuses an order that moved since it was looked at', async () => {
      const { orders, desk, fresh } = open()
      const { shop, order } = await fresh()
      const { version } = (await desk.versionedOrder(shop, order, signal)) ?? { version: 0 }
      expect((await orders.hold({ shop, key: 'a', version }, order, 'x', signal)).outcome).toBe('succeeded')
      expect(await orders.releaseHold({ shop, key: 'b', version }, order, signal)).toMatchObject({ why: 'state_moved' })
    })
  })
}
