import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decimalText, lessMoney, percentOf, sumOf, timesQuantity } from './money.ts'

const eur = (amount: number) => ({ amount, currency: 'EUR' })

describe('a share of an amount', () => {
  test('is rounded down to a minor unit', () => {
    expect(percentOf(eur(1_009), 10)).toEqual(eur(100))
    expect(percentOf(eur(10_010), 10)).toEqual(eur(1_001))
  })

  test('is exact for shares that are no exact numbers', () => {
    expect(percentOf(eur(10_000), 0.29)).toEqual(eur(29))
    expect(percentOf(eur(1_000), 12.5)).toEqual(eur(125))
  })

  test('is never more than the share, and less than one unit below it', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000_000), fc.integer({ min: 0, max: 100 }), (amount, percent) => {
        const share = percentOf(eur(amount), percent).amount
        expect(share * 100).toBeLessThanOrEqual(amount * percent)
        expect((share + 1) * 100).toBeGreaterThan(amount * percent)
      }),
    )
  })
})

test('amounts of two currencies are neither added nor taken from another', () => {
  expect(() => sumOf([eur(1), { amount: 1, currency: 'USD' }], 'EUR')).toThrow(RangeError)
  expect(() => lessMoney(eur(1), { amount: 1, currency: 'USD' })).toThrow(RangeError)
})

test('what is left never falls below nothing', () => {
  expect(lessMoney(eur(500), eur(200))).toEqual(eur(300))
  expect(lessMoney(eur(500), eur(700))).toEqual(eur(0))
  expect(sumOf([eur(500), timesQuantity(eur(150), 3)], 'EUR')).toEqual(eur(950))
  expect(sumOf([], 'EUR')).toEqual(eur(0))
})

test('digits are moved, never divided', () => {
  expect(decimalText(eur(1_299))).toBe('12.99')
  expect(decimalText({ amount: 5, currency: 'KWD' })).toBe('0.005')
  expect(decimalText({ amount: 1_299, currency: 'JPY' })).toBe('1299')
})
