import { describe, expect, test } from 'vitest'
import { ADDRESS, anOrder, aParcel, aRefund, looked, scan } from '../../../../../test/fixtures/case-builder.ts'

const suggestion = { ...ADDRESS, postalCode: '89077' }
const order = anOrder({ status: 'processing' })
const type = 'address_invalid'

describe('an address that does not check out', () => {
  test('closes when the order already has the suggested one', () => {
    expect(looked(type, { order, data: { suggestion: ADDRESS, confidence: 1 } }).cause).toBe('already_corrected')
  })

  test('is corrected from the confidence on that the shop asks for', () => {
    expect(looked(type, { order, data: { suggestion, confidence: 0.9 } })).toMatchObject({
      cause: 'address_typo',
      verdict: 'auto',
      args: { address: suggestion },
    })
    expect(looked(type, { order, data: { suggestion, confidence: 0.89 } })).toMatchObject({
      cause: 'address_unverifiable',
      does: ['hold_order', 'request_address'],
    })
  })

  test('is held without a suggestion, and with one abroad', () => {
    expect(looked(type, { order, data: {} }).cause).toBe('address_unverifiable')
    expect(looked(type, { order, data: { suggestion: { ...suggestion, country: 'AT' }, confidence: 1 } }).cause).toBe(
      'address_unverifiable',
    )
  })

  test('needs approval above the total that may be changed unseen', () => {
    const dear = anOrder({ status: 'processing', lines: [{ sku: 'POT', name: 'Pot', qty: 1, unitPrice: 15_001 }] })
    expect(looked(type, { order: dear, data: { suggestion, confidence: 1 } }).verdict).toBe('approval')
  })

  test('is a person’s matter once the carrier has the parcel', () => {
    expect(
      looked(type, { order, parcels: [aParcel([scan(-1, 'COLL')])], data: { suggestion, confidence: 1 } }).verdict,
    ).toBe('escalate')
  })

  test('closes when all money went back, and not by a part of it', () => {
    const back = (amount: number) => ({ ...order, refunds: [aRefund({ amount })] })
    expect(looked(type, { order: back(4_500), data: { suggestion, confidence: 1 } }).cause).toBe('already_refunded')
    expect(looked(type, { order: back(4_499), data: { suggestion, confidence: 1 } }).cause).toBe('address_typo')
  })
})
