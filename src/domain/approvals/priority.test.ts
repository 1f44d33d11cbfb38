import fc from 'fast-check'
import { expect, test } from 'vitest'
import { priorityOf, rankOf, type Weighed } from './priority.ts'

const NOW = new Date('2026-03-04T10:00:00.000Z')
const hours = (n: number) => new Date(NOW.getTime() + n * 3_600_000)
const EUR = (amount: number) => ({ amount, currency: 'EUR' })
const plain: Weighed = { risk: 0, atStake: null, openedAt: NOW, dueBy: NOW }

test('counts risk, money, age and time left as published', () => {
  expect(priorityOf({ ...plain, risk: 0.5 }, NOW)).toMatchObject({ score: 50, risk: 50 })
  expect(priorityOf({ ...plain, atStake: EUR(9_900) }, NOW).money).toBeCloseTo(40)
  expect(priorityOf({ ...plain, atStake: { amount: 99, currency: 'JPY' } }, NOW).money).toBeCloseTo(40)
  expect(priorityOf({ ...plain, openedAt: hours(-5) }, NOW).age).toBe(5)
  expect(priorityOf({ ...plain, dueBy: hours(3) }, NOW).timeLeft).toBe(-6)
  expect(priorityOf({ ...plain, dueBy: hours(-3) }, NOW).timeLeft).toBe(6)
})

test('two cases stand in the order of their ranks at every moment', () => {
  const one: fc.Arbitrary<Weighed> = fc.record({
    risk: fc.double({ min: 0, max: 1, noNaN: true }),
    atStake: fc.option(fc.nat(1_000_000).map(EUR), { nil: null }),
    openedAt: fc.integer({ min: -500, max: 0 }).map(hours),
    dueBy: fc.integer({ min: -100, max: 500 }).map(hours),
  })
  fc.assert(
    fc.property(one, one, fc.integer({ min: 0, max: 10_000 }), (a, b, later) => {
      const gap = priorityOf(a, hours(later)).score - priorityOf(b, hours(later)).score
      expect(gap).toBeCloseTo(rankOf(a) - rankOf(b), 3)
    }),
  )
})
