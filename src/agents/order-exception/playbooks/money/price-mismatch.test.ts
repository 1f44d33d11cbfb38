import { describe, expect, test } from 'vitest'
import { anOrder, at, looked } from '../../../../../test/fixtures/case-builder.ts'

const of = (unitPrice: number, qty = 1, status = 'processing') =>
  anOrder({ status, lines: [{ sku: 'POT', name: 'Pot', qty, unitPrice }] })
const listed = (listPrice: number, days = -30) => ({ sku: 'POT', listPrice, effectiveFrom: at(days) })
const type = 'price_mismatch'

describe('a price other than the listed one', () => {
  test('closes when it was the list price of that moment', () => {
    expect(looked(type, { order: of(3_000), prices: [listed(2_000, -1), listed(3_000)] }).cause).toBe(
      'price_changed_later',
    )
  })

  test('pays the difference back for every unit', () => {
    expect(looked(type, { order: of(3_000, 3), prices: [listed(2_500)] })).toMatchObject({
      cause: 'overcharged',
      verdict: 'auto',
      args: { amount: 1_500 },
    })
    expect(looked(type, { order: of(30_000, 6), prices: [listed(29_000)] }).verdict).toBe('approval')
  })

  test('stands by a small error in the customer’s favour', () => {
    expect(looked(type, { order: of(1_800), prices: [listed(3_000)] })).toMatchObject({
      cause: 'undercharged_small',
      does: ['close_exception'],
    })
  })

  test('is a pricing error beyond the shop’s share, unless it is shipped', () => {
    expect(looked(type, { order: of(1_799), prices: [listed(3_000)] })).toMatchObject({
      cause: 'pricing_error',
      verdict: 'escalate',
    })
    expect(looked(type, { order: of(1_799, 1, 'shipped'), prices: [listed(3_000)] }).cause).toBe('undercharged_small')
  })

  test('sets nothing off between lines', () => {
    const order = anOrder({
      status: 'processing',
      lines: [
        { sku: 'POT', name: 'Pot', qty: 1, unitPrice: 3_100 },
        { sku: 'CUP', name: 'Cup', qty: 1, unitPrice: 700 },
      ],
    })
    const prices = [listed(3_000), { sku: 'CUP', listPrice: 750, effectiveFrom: at(-30) }]
    expect(looked(type, { order, prices }).args).toMatchObject({ amount: 100 })
  })

  test('goes to a person where no price was in force', () => {
    expect(looked(type, { order: of(3_000), prices: [listed(3_000, -1)] })).toMatchObject({
      cause: 'price_unknown',
      verdict: 'escalate',
    })
  })
})
