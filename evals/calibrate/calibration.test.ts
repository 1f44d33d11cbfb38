import { expect, test } from 'vitest'
import { seeded } from '../report/metrics.ts'
import { fitLogistic } from './logistic.ts'
import { type Rated, thresholdFor } from './threshold.ts'

const rated = (confidence: number, right: boolean): Rated => ({
  confidence,
  right,
  stratum: 'listing',
  twin: false,
  view: 'whole',
  note: '',
  answerable: true,
})

test('the threshold stands below the last case that keeps the bound and above the next', () => {
  const many = Array.from({ length: 200 }, (_, index) => rated(0.9 - index * 0.001, true))
  const wrong = Array.from({ length: 30 }, (_, index) => rated(0.5 - index * 0.001, false))
  const point = thresholdFor([...many, ...wrong], 0.03, 'bound')
  expect(point.wrong).toBe(2)
  expect(point.bound).toBeLessThanOrEqual(0.03)
  expect(point.threshold).toBeGreaterThan(0.498)
  expect(point.threshold).toBeLessThan(0.4991)
})

test('where nothing can be proven no confidence passes', () => {
  expect(thresholdFor([rated(0.99, true)], 0.03, 'bound').threshold).toBeGreaterThan(1)
  expect(thresholdFor([], 0.03, 'expected').threshold).toBeGreaterThan(1)
})

test('the expected rate counts one error that has not happened yet', () => {
  const few = Array.from({ length: 30 }, (_, index) => rated(0.9 - index * 0.01, index !== 10))
  expect(thresholdFor(few, 0.05, 'expected')).toMatchObject({ answered: 10, wrong: 0 })
  expect(thresholdFor(few, 0.07, 'expected')).toMatchObject({ answered: 30, wrong: 1 })
})

test('a weight never leaves its side, even where the data would push it there', () => {
  const next = seeded(3)
  const samples = Array.from({ length: 300 }, () => {
    const [good, bad] = [next(), next()]
    return { signals: { good, bad }, right: good > 0.5 && bad > 0.5, weight: 1 }
  })
  const { weights } = fitLogistic(samples, { good: 1, bad: -1 })
  expect(weights.good).toBeGreaterThan(1)
  expect(weights.bad).toBe(0)
})
