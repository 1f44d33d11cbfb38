import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { wilson } from './wilson.ts'

test('is as the score test says', () => {
  // 0 of n: z² / (n + z²) above; 8 of 10 by hand.
  expect(wilson(0, 10)).toEqual({ low: 0, high: expect.closeTo(0.21295, 4) })
  expect(wilson(8, 10)).toEqual({ low: expect.closeTo(0.5407, 3), high: expect.closeTo(0.9315, 3) })
  expect(wilson(0, 0)).toEqual({ low: 0, high: 1 })
})

test('holds the share, and one more agreement never lowers it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 499 }), (trials, some) => {
      const hits = Math.min(some, trials - 1)
      const { low, high } = wilson(hits, trials)
      expect(low).toBeLessThanOrEqual(hits / trials + 1e-12)
      expect(high).toBeGreaterThanOrEqual(hits / trials - 1e-12)
      expect(wilson(hits + 1, trials).low).toBeGreaterThan(low - 1e-12)
    }),
  )
})
