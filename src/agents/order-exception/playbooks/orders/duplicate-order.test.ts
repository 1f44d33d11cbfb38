import { describe, expect, test } from 'vitest'
import { orderId } from '#domain/ids.ts'
import { ADDRESS, anOrder, aParcel, at, looked, scan } from '../../../../../test/fixtures/case-builder.ts'

const order = anOrder({ status: 'processing', placedAt: at(-1) })
const other = (minutesBefore: number, more = {}) => [
  { ...order, id: orderId('O-0'), placedAt: at(-1 - minutesBefore / 1_440), ...more },
]
const type = 'duplicate_order'

describe('an order like an earlier one', () => {
  test('is cancelled and refunded within the window, its edge included', () => {
    expect(looked(type, { order, relatedOrders: other(30) })).toMatchObject({
      cause: 'duplicate',
      verdict: 'auto',
      does: ['cancel_order', 'refund'],
      args: { orderId: 'O-1', amount: 4_500 },
    })
    expect(looked(type, { order, relatedOrders: other(31) })).toMatchObject({
      cause: 'similar_not_duplicate',
      does: ['ask_customer'],
    })
  })

  test('is asked about when anything differs', () => {
    expect(looked(type, { order, relatedOrders: other(5, { lines: order.lines.slice(1) }) }).does).toEqual([
      'ask_customer',
    ])
    expect(
      looked(type, { order, relatedOrders: other(5, { shippingAddress: { ...ADDRESS, line1: 'Ring 2' } }) }).does,
    ).toEqual(['ask_customer'])
  })

  test('moves no money while it is only authorised', () => {
    expect(looked(type, { order: { ...order, paymentStatus: 'authorized' }, relatedOrders: other(5) })).toMatchObject({
      verdict: 'auto',
      does: ['cancel_order'],
    })
  })

  test('is a person’s matter once it left the house, by the carrier’s word or the order’s', () => {
    expect(looked(type, { order, relatedOrders: other(5), parcels: [aParcel([scan(-0.1, 'COLL')])] })).toMatchObject({
      cause: 'duplicate_shipped',
      verdict: 'escalate',
    })
    expect(looked(type, { order: { ...order, status: 'shipped' }, relatedOrders: other(5) }).cause).toBe(
      'duplicate_shipped',
    )
  })

  test('closes when either of the two is cancelled already', () => {
    const gone = { ...order, status: 'cancelled' }
    expect(looked(type, { order: gone, relatedOrders: other(5) }).cause).toBe('already_cancelled')
    expect(looked(type, { order: gone, relatedOrders: other(5), payment: null }).cause).toBe('already_cancelled')
    expect(looked(type, { order, relatedOrders: other(5, { status: 'cancelled' }) }).does).toEqual(['close_exception'])
  })
})
