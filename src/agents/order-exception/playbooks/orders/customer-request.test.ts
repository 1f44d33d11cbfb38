import { describe, expect, test } from 'vitest'
import { ADDRESS, anOrder, aParcel, aRefund, looked, scan } from '../../../../../test/fixtures/case-builder.ts'

const order = anOrder({ status: 'processing' })
const type = 'customer_request'
const asks = (request: unknown) => ({ order, data: { request } })
const elsewhere = { ...ADDRESS, line1: 'Neue Straße 5' }

describe('what a customer asks for', () => {
  test('is a cancellation with the money back, by itself only up to what may be refunded unseen', () => {
    expect(looked(type, asks({ kind: 'cancel' }))).toMatchObject({ does: ['cancel_order', 'refund'], verdict: 'auto' })
    const dear = anOrder({ status: 'processing', lines: [{ sku: 'POT', name: 'Pot', qty: 1, unitPrice: 5_001 }] })
    expect(looked(type, { ...asks({ kind: 'cancel' }), order: dear }).verdict).toBe('approval')
  })

  test('is another address, seen by a person when it is abroad or the order is dear', () => {
    expect(looked(type, asks({ kind: 'address', address: elsewhere }))).toMatchObject({
      does: ['update_shipping_address'],
      verdict: 'auto',
    })
    const abroad = { ...elsewhere, country: 'AT' }
    expect(looked(type, asks({ kind: 'address', address: abroad })).verdict).toBe('approval')
    const dear = anOrder({ status: 'processing', lines: [{ sku: 'POT', name: 'Pot', qty: 1, unitPrice: 15_001 }] })
    expect(looked(type, { ...asks({ kind: 'address', address: elsewhere }), order: dear }).verdict).toBe('approval')
  })

  test('is units taken off with what was paid for them', () => {
    const items = [{ sku: order.lines[0]?.sku, qty: 1 }]
    expect(looked(type, asks({ kind: 'remove_items', items })).does).toEqual(['cancel_line', 'refund'])
    expect(looked(type, asks({ kind: 'remove_items', items: [{ sku: 'SOFA', qty: 1 }] })).verdict).toBe('escalate')
  })

  test('is a return of what arrived, by a person’s word alone', () => {
    const there = anOrder({ status: 'delivered' })
    const parcels = [aParcel([scan(-2, 'DEL')], { status: 'delivered' })]
    const items = [{ sku: there.lines[0]?.sku, qty: 1 }]
    expect(looked(type, { order: there, parcels, data: { request: { kind: 'return', items } } })).toMatchObject({
      does: ['open_return'],
      verdict: 'approval',
    })
    expect(looked(type, asks({ kind: 'return', items })).verdict).toBe('escalate')
  })

  test('is a person’s matter once the order left, where fraud is suspected, and where it cannot be read', () => {
    const parcels = [aParcel([scan(-1, 'COLL')])]
    for (const kind of ['cancel', 'payment']) {
      const gone = looked(type, { ...asks({ kind }), parcels })
      expect(gone).toMatchObject({ verdict: 'escalate', does: ['escalate'] })
    }
    const suspect = anOrder({ status: 'processing', riskSignals: ['velocity'] })
    expect(looked(type, { ...asks({ kind: 'cancel' }), order: suspect }).verdict).toBe('approval')
    for (const request of [null, {}, { kind: 'refund', amount: 1 }, { kind: 'address', address: 'here' }])
      expect(looked(type, asks(request)).cause).toBe('request_unclear')
  })

  test('is over when the order has it already', () => {
    const refunded = anOrder({ status: 'cancelled', refunds: [aRefund()] })
    for (const cancelled of [refunded, anOrder({ status: 'cancelled', paymentStatus: 'pending' })])
      expect(looked(type, { ...asks({ kind: 'cancel' }), order: cancelled })).toMatchObject({
        cause: 'already_cancelled',
        does: ['close_exception'],
      })
    const same = asks({ kind: 'address', address: order.shippingAddress })
    expect(looked(type, same).cause).toBe('already_corrected')
  })
  test('is not over while a cancelled order is still paid: what is left of the money goes back', () => {
    const cancelled = anOrder({ status: 'cancelled', refunds: [aRefund({ amount: 1_000 })] })
    const paid = looked(type, { ...asks({ kind: 'cancel' }), order: cancelled })
    expect(paid).toMatchObject({ cause: 'request_cancel', does: ['refund'], verdict: 'auto', args: { amount: 3_500 } })
    const lines = [{ sku: 'POT', name: 'Pot', qty: 1, unitPrice: 5_001 }]
    const dear = anOrder({ status: 'cancelled', lines })
    expect(looked(type, { ...asks({ kind: 'cancel' }), order: dear }).verdict).toBe('approval')
    const suspect = { ...cancelled, riskSignals: ['velocity'] }
    expect(looked(type, { ...asks({ kind: 'cancel' }), order: suspect }).verdict).toBe('approval')
    const returned = anOrder({ status: 'returned' })
    expect(looked(type, { ...asks({ kind: 'cancel' }), order: returned }).verdict).toBe('escalate')
  })
})
