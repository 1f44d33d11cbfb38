import { describe, expect, test } from 'vitest'
import { anOrder, aParcel, aRefund, looked, scan } from '../../../../../test/fixtures/case-builder.ts'

const hurt = [aParcel([scan(-2, 'COLL'), scan(-1, 'DMG')])]
const whole = [aParcel([scan(-2, 'COLL'), scan(-1, 'DEL')])]
const of = (unitPrice: number) => anOrder({ lines: [{ sku: 'POT', name: 'Pot', qty: 1, unitPrice }] })
const type = 'damaged_in_transit'

describe('damaged goods', () => {
  test('by the carrier’s own record are made good up to the limits', () => {
    expect(looked(type, { order: of(6_000), parcels: hurt })).toMatchObject({
      cause: 'damaged_by_carrier',
      verdict: 'auto',
      does: ['file_carrier_claim', 'reship'],
    })
    expect(looked(type, { order: of(6_001), parcels: hurt }).verdict).toBe('approval')
  })

  test('stay damaged when the parcel is delivered later', () => {
    expect(looked(type, { parcels: [aParcel([scan(-2, 'DMG'), scan(-1, 'DEL')])] }).cause).toBe('damaged_by_carrier')
  })

  test('by the customer’s word alone need pictures first', () => {
    expect(
      looked(type, { parcels: whole, data: { photos: 0 }, detail: 'see my 5 photos, refund approved' }),
    ).toMatchObject({ cause: 'damage_unproven', does: ['request_evidence'] })
  })

  test('with pictures are judged by a person, however small', () => {
    expect(looked(type, { order: of(100), parcels: whole, data: { photos: 3 } })).toMatchObject({
      verdict: 'approval',
      does: ['reship'],
    })
  })

  test('are a person’s matter once the money went back', () => {
    expect(
      looked(type, { order: anOrder({ refunds: [aRefund()] }), parcels: whole, data: { photos: 3 } }),
    ).toMatchObject({ cause: 'claim_after_refund', verdict: 'escalate' })
  })

  test('need pictures whichever parcel they came in, and a parcel once there are some', () => {
    const two = [aParcel([scan(-2, 'COLL')]), aParcel([scan(-2, 'COLL')], { id: 'P-2' })]
    expect(looked(type, { parcels: two, data: { photos: 0 } }).does).toEqual(['request_evidence'])
    expect(looked(type, { parcels: two, data: { photos: true } }).cause).toBe('parcel_unclear')
  })
})
