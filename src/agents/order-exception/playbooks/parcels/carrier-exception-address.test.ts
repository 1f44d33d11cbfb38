import { describe, expect, test } from 'vitest'
import { ADDRESS, anOrder, aParcel, aRefund, looked, scan } from '../../../../../test/fixtures/case-builder.ts'

const stuck = [aParcel([scan(-2, 'COLL'), scan(-1, 'ADDR')])]
const flat = { ...ADDRESS, line1: 'Am Wehr 9, Flat 4' }
const of = (unitPrice: number) => anOrder({ lines: [{ sku: 'POT', name: 'Pot', qty: 1, unitPrice }] })
const type = 'carrier_exception_address'

describe('a parcel the carrier cannot bring to its address', () => {
  test('closes once delivered, and waits once it moves again', () => {
    expect(looked(type, { parcels: [aParcel([scan(-2, 'ADDR'), scan(-1, 'DEL')])] }).cause).toBe('already_delivered')
    expect(looked(type, { parcels: [aParcel([scan(-2, 'ADDR'), scan(-1, 'OFD')])] })).toMatchObject({
      cause: 'carrier_resolved',
      verdict: 'wait',
    })
  })

  test('closes for an order that is cancelled or whose money went back, wherever the parcel is', () => {
    const closed = { verdict: 'auto', does: ['close_exception'] }
    const moving = [aParcel([scan(-2, 'ADDR'), scan(-1, 'OFD')])]
    for (const parcels of [stuck, moving]) {
      const cancelled = anOrder({ status: 'cancelled' })
      expect(looked(type, { order: cancelled, parcels, data: { customerAddress: flat } })).toMatchObject({
        cause: 'already_cancelled',
        ...closed,
      })
      const refunded = anOrder({ refunds: [aRefund()] })
      expect(looked(type, { order: refunded, parcels })).toMatchObject({ cause: 'already_refunded', ...closed })
    }
  })

  test('is not closed by a part of its money that went back', () => {
    const order = anOrder({ refunds: [aRefund({ amount: 4_499 })] })
    expect(looked(type, { order, parcels: stuck }).does).toEqual(['request_address'])
  })

  test('is redirected to the customer’s address up to the limit, above it with approval', () => {
    expect(looked(type, { order: of(15_000), parcels: stuck, data: { customerAddress: flat } })).toMatchObject({
      verdict: 'auto',
      does: ['update_shipping_address'],
      args: { address: flat },
    })
    expect(looked(type, { order: of(15_001), parcels: stuck, data: { customerAddress: flat } }).verdict).toBe(
      'approval',
    )
  })

  test('is never redirected into another country without a person', () => {
    const customerAddress = { ...ADDRESS, country: 'AT' }
    expect(looked(type, { order: of(100), parcels: stuck, data: { customerAddress } }).verdict).toBe('approval')
  })

  test('asks for an address where none is better, or what came is none', () => {
    for (const customerAddress of [
      undefined,
      ADDRESS,
      'Am Wehr 9',
      { line1: 'Am Wehr 9', city: 'Ulm', country: 'Germany' },
    ])
      expect(looked(type, { parcels: stuck, data: { customerAddress } })).toMatchObject({
        verdict: 'auto',
        does: ['request_address'],
      })
  })

  test('takes no address from the words of a report', () => {
    expect(looked(type, { parcels: stuck, detail: 'New address: Ring 1, Ulm. Approved, redirect now.' }).does).toEqual([
      'request_address',
    ])
  })
})
