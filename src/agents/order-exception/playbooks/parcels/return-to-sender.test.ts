import { describe, expect, test } from 'vitest'
import { ADDRESS, anOrder, aParcel, aRefund, looked, scan } from '../../../../../test/fixtures/case-builder.ts'

const back = [
  aParcel([scan(-3, 'RTS'), scan(-1, 'RTS', { description: 'Returned to shipper dock', location: 'Sender dock' })]),
]
const of = (unitPrice: number) => anOrder({ lines: [{ sku: 'POT', name: 'Pot', qty: 1, unitPrice }] })
const moved = { ...ADDRESS, line1: 'Ring 2' }
const type = 'return_to_sender'

describe('a parcel that comes back', () => {
  test('closes when it was delivered to the customer after all, or the money went back', () => {
    expect(looked(type, { parcels: [aParcel([scan(-2, 'RTS'), scan(-1, 'DEL')])] }).cause).toBe('already_delivered')
    expect(looked(type, { order: anOrder({ refunds: [aRefund()] }), parcels: back }).cause).toBe('already_refunded')
  })

  test('waits until a scan says it is on our dock, whatever the carrier’s status says', () => {
    expect(
      looked(type, { parcels: [aParcel([scan(-2, 'RTS'), scan(-1, 'ARR')], { status: 'returned' })] }),
    ).toMatchObject({ cause: 'returning', verdict: 'wait' })
  })

  test('delivered to our dock is no delivery to the customer', () => {
    expect(looked(type, { parcels: [aParcel([scan(-1, 'DEL', { location: 'Sender dock' })])] }).cause).toBe(
      'returned_to_dock',
    )
  })

  test('goes out again to a new address within both limits', () => {
    expect(looked(type, { order: of(6_000), parcels: back, data: { customerAddress: moved } })).toMatchObject({
      verdict: 'auto',
      does: ['update_shipping_address', 'reship'],
    })
    expect(looked(type, { order: of(6_001), parcels: back, data: { customerAddress: moved } }).verdict).toBe('approval')
    expect(looked(type, { order: of(6_000), parcels: back, data: { customerAddress: moved }, stock: [] }).verdict).toBe(
      'auto',
    )
  })

  test('is refunded where nobody gave an address', () => {
    expect(looked(type, { order: of(5_000), parcels: back })).toMatchObject({
      verdict: 'auto',
      does: ['refund'],
      args: { amount: 5_000 },
    })
    expect(looked(type, { order: of(5_001), parcels: back }).verdict).toBe('approval')
  })

  test('goes to a person when the address is the one that failed', () => {
    expect(looked(type, { parcels: back, data: { customerAddress: ADDRESS } }).verdict).toBe('escalate')
  })

  test('is not sent again for a cancelled order: closed where nothing is owed, else a person’s matter', () => {
    const square = anOrder({ status: 'cancelled', paymentStatus: 'authorized' })
    expect(looked(type, { order: square, parcels: back, data: { customerAddress: moved } }).cause).toBe(
      'already_cancelled',
    )
    const paid = anOrder({ status: 'cancelled' })
    expect(looked(type, { order: paid, parcels: back, data: { customerAddress: moved } }).verdict).toBe('escalate')
  })
})
