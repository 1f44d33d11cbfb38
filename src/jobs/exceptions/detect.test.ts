import { describe, expect, test } from 'vitest'
import { orderId } from '#domain/ids.ts'
import type { Order, Shipment } from '#domain/order.ts'
import { anOrder, aParcel, aRefund, at, LIMITS, NOW, paymentOf, scan } from '../../../test/fixtures/case-builder.ts'
import { repeatedOrders, suspicionsOf } from './detect.ts'

function found(order: Order, parcels: Shipment[] = [], onHand = 10, payment = paymentOf(order)) {
  const stock = order.lines.map(({ sku }) => ({ sku, location: 'DC-EAST', onHand, reserved: 0 }))
  return suspicionsOf({ order, parcels, payment, stock }, LIMITS, 'DC-EAST', NOW).map(({ type }) => type)
}

describe('an order nobody complained about', () => {
  test('is late once its promise has passed without a delivery', () => {
    const late = anOrder({ promisedBy: at(-1) })
    expect(found(late, [aParcel([scan(-2, 'COLL')])])).toEqual(['carrier_delay'])
    expect(found(late, [aParcel([scan(-2, 'COLL'), scan(-1.5, 'DEL')])])).toEqual([])
    expect(found(anOrder({ promisedBy: at(1) }), [aParcel([scan(-2, 'COLL')])])).toEqual([])
  })

  test('is late before its promise when the carrier names a later day', () => {
    expect(found(anOrder({ promisedBy: at(1) }), [aParcel([scan(-2, 'COLL')], { eta: at(3) })])).toEqual([
      'carrier_delay',
    ])
  })

  test('is lost after the shop’s days without a scan', () => {
    expect(found(anOrder(), [aParcel([scan(-12, 'COLL'), scan(-10, 'DEP')])])).toEqual(['lost_in_transit'])
  })

  test('is nothing while only a label exists', () => {
    expect(found(anOrder({ promisedBy: at(-9) }), [aParcel([scan(-12, 'INFO')])])).toEqual([])
  })

  test('is short when the shelf holds fewer than ordered', () => {
    expect(found(anOrder({ status: 'processing' }), [], 1)).toEqual(['out_of_stock_open_order'])
    expect(found(anOrder({ status: 'processing' }), [], 2)).toEqual([])
  })

  test('is looked at after hours of being held, with what the payment shows', () => {
    const held = anOrder({ status: 'on_hold', paymentStatus: 'pending', placedAt: at(-1) })
    const attempts = [{ id: 'A-1', at: at(-0.9), status: 'declined' as const, decline: 'stolen_card' }]
    const payment = paymentOf(held, { attempts })
    expect(found(held, [], 10, payment)).toEqual(['payment_hold'])
    expect(found({ ...held, placedAt: at(-0.2) }, [], 10, payment)).toEqual([])
    expect(found({ ...held, riskSignals: ['proxy_ip'] }, [], 10, payment)).toEqual(['fraud_hold'])
  })

  test('waits too long for a refund, or for one that failed unseen', () => {
    const waiting = (pspStatus: string, days: number) => {
      const order = anOrder({ refunds: [aRefund({ status: 'pending', createdAt: at(days) })] })
      return found(order, [], 10, paymentOf(order, { refunds: [aRefund({ status: pspStatus, createdAt: at(days) })] }))
    }
    expect(waiting('pending', -11)).toEqual(['refund_pending_too_long'])
    expect(waiting('failed', -1)).toEqual(['refund_pending_too_long'])
    expect(waiting('pending', -2)).toEqual([])
  })

  test('is nothing once it is cancelled', () => {
    expect(found(anOrder({ status: 'cancelled', promisedBy: at(-9) }), [aParcel([scan(-30, 'DEP')])])).toEqual([])
  })
})

test('the later of two equal orders within the window repeats the earlier one', () => {
  const first = anOrder({ status: 'processing', placedAt: at(-1) })
  const second = { ...first, id: orderId('O-2'), placedAt: at(-1 + 30 / 1_440) }
  const third = { ...first, id: orderId('O-3'), placedAt: at(-1 + 90 / 1_440) }
  expect(repeatedOrders([third, second, first], LIMITS)).toMatchObject([{ order: 'O-2', type: 'duplicate_order' }])
  expect(repeatedOrders([{ ...first, status: 'cancelled' }, second], LIMITS)).toEqual([])
})
