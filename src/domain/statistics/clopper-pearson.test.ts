import { expect, test } from 'vitest'
import { clopperPearson } from './clopper-pearson.ts'

test('none of n has the upper limit 1 - 0.05^(1/n)', () => {
  expect(clopperPearson(0, 100).high).toBeCloseTo(1 - 0.05 ** 0.01, 7)
  expect(clopperPearson(0, 100).low).toBe(0)
})

test('all of n mirrors none of n', () => {
  expect(clopperPearson(100, 100)).toEqual({ low: expect.closeTo(0.05 ** 0.01, 7), high: 1 })
})

test('agrees with tabulated limits', () => {
  // Source: R 4, binom.test(5, 100, alternative = "less")$conf.int and "greater".
  expect(clopperPearson(5, 100).high).toBeCloseTo(0.1022534, 5)
  expect(clopperPearson(5, 100).low).toBeCloseTo(0.0199069, 4)
})

test('nothing tried leaves everything possible', () => {
  expect(clopperPearson(0, 0)).toEqual({ low: 0, high: 1 })
})
