import { describe, expect, test } from 'vitest'
import { customerId, orderId } from '#domain/ids.ts'
import type { Order, Shipment } from '#domain/order.ts'
import { nextExpected } from './next-event.ts'
import { orderCard, orderText } from './order-card.ts'

const at = '2026-01-05T12:00:00.000Z'
const later = '2026-01-08T20:00:00.000Z'
const parcel = (status: string, eta?: string): Shipment => ({
  id: 'S1',
  carrier: 'DHL',
  tracking: 'T1',
  status,
  events: [],
  ...(eta ? { eta } : {}),
})
const order = (status: string, more: Partial<Order> = {}): Order => ({
  id: orderId('A-1'),
  placedAt: at,
  currency: 'EUR',
  status,
  paymentStatus: 'captured',
  total: 4990,
  customer: { id: customerId('C1') },
  lines: [],
  shippingAddress: { name: 'A', line1: 'B', city: 'C', postalCode: 'D', country: 'DE' },
  shippingMethod: 'standard',
  promisedBy: later,
  shipments: [],
  refunds: [],
  ...more,
})
const next = (made: Order) => nextExpected(made, made.shipments[0] ?? null, at, 'en')

describe('the next event of an order', () => {
  test.each<[string, Order, ReturnType<typeof next>]>([
    ['unpaid', order('pending', { paymentStatus: 'pending' }), { what: 'Your payment', by: null }],
    ['received and paid', order('pending'), { what: 'Hand-over to the carrier', by: null }],
    ['whose payment failed', order('payment_hold', { paymentStatus: 'failed' }), { what: 'Your payment', by: null }],
    ['being prepared', order('processing'), { what: 'Hand-over to the carrier', by: null }],
    ['shipped without a date of the carrier', order('shipped'), { what: 'Delivery', by: later }],
    [
      'on its way',
      order('shipped', { shipments: [parcel('in_transit', '2026-01-06T12:00:00Z')] }),
      { what: 'Delivery', by: '2026-01-06T12:00:00Z' },
    ],
    [
      'whose date has passed',
      order('delayed', { shipments: [parcel('in_transit', '2026-01-04T12:00:00Z')] }),
      { what: 'Delivery', by: null },
    ],
    [
      'out for delivery',
      order('out_for_delivery', { shipments: [parcel('out_for_delivery', '2026-01-05T18:00:00Z')] }),
      { what: 'Delivery today', by: '2026-01-05T18:00:00Z' },
    ],
    [
      'of which one parcel arrived',
      order('partially_shipped', { shipments: [parcel('delivered', '2026-01-04T12:00:00Z')] }),
      { what: 'Dispatch of the rest', by: later },
    ],
    ['to be picked up', order('ready_for_pickup'), { what: 'Ready for you to pick up', by: null }],
    [
      'held up',
      order('delayed', { shipments: [parcel('exception', later)] }),
      { what: 'News from the carrier', by: null },
    ],
    [
      'sent back by the carrier',
      order('delayed', { shipments: [parcel('return_to_sender')] }),
      { what: 'Arrival back with us', by: null },
    ],
    [
      'returned and not yet refunded',
      order('returned', { paymentStatus: 'refund_pending', shipments: [parcel('delivered')] }),
      { what: 'Your refund', by: null },
    ],
    [
      'cancelled with a refund on its way',
      order('cancelled', { refunds: [{ id: 'R', amount: 1, status: 'pending', createdAt: at }] }),
      { what: 'Your refund', by: null },
    ],
    ['delivered', order('delivered', { shipments: [parcel('delivered', later)] }), null],
    ['refunded', order('refunded', { paymentStatus: 'refunded', shipments: [parcel('delivered')] }), null],
    ['cancelled before it was paid', order('cancelled', { paymentStatus: 'voided' }), null],
    ['lost', order('shipped', { shipments: [parcel('lost', later)] }), null],
    ['in a state of the shop’s own', order('engraving'), null],
  ])('of one %s', (_what, made, expected) => {
    expect(next(made)).toEqual(expected)
  })

  test('is said in the language of the answer', () => {
    expect(nextExpected(order('processing'), null, at, 'de')).toEqual({ what: 'Übergabe an den Paketdienst', by: null })
  })
})

describe('a card', () => {
  test('of an order that was returned does not say delivered', () => {
    const returned = order('returned', { paymentStatus: 'refund_pending', shipments: [parcel('delivered')] })
    expect(orderCard(returned, at, 'en')).toMatchObject({ status: 'returned', nextExpected: { what: 'Your refund' } })
  })

  test('names a date only while it lies ahead', () => {
    const late = order('delayed', { shipments: [parcel('in_transit', '2026-01-04T12:00:00Z')] })
    expect(orderText(orderCard(late, at, 'en'), 'en')).toBe('Order A-1: delayed.')
    const due = order('shipped', { shipments: [parcel('in_transit', later)] })
    expect(orderText(orderCard(due, at, 'en'), 'en')).toBe('Order A-1: on its way. It is expected by 8 Jan 2026.')
  })
})
