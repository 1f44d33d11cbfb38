import { describe, expect, test } from 'vitest'
import { firstMentions, ndcgAt, quantile, recallAt, reciprocalRankAt } from '../../bench/ranking-measures.ts'

const relevant = new Set(['a', 'b'])

describe('nDCG', () => {
  test('is 1 when the relevant lead, in any order', () => {
    expect(ndcgAt(10, ['b', 'a', 'x'], relevant)).toBe(1)
  })

  test('discounts by the logarithm of the place', () => {
    // Places 1 and 3: (1 + 1/2) over (1 + 1/log2(3)).
    expect(ndcgAt(10, ['a', 'x', 'b'], relevant)).toBeCloseTo(1.5 / (1 + 1 / Math.log2(3)), 6)
  })

  test('does not see what lies below the depth, and asks no more than the depth can hold', () => {
    expect(ndcgAt(1, ['x', 'a'], relevant)).toBe(0)
    expect(ndcgAt(1, ['a', 'x'], relevant)).toBe(1)
  })
})

test('recall counts the relevant above the depth', () => {
  expect(recallAt(2, ['a', 'x', 'b'], relevant)).toBe(0.5)
  expect(recallAt(3, ['a', 'x', 'b'], relevant)).toBe(1)
})

test('the reciprocal rank is that of the first relevant above the depth', () => {
  expect(reciprocalRankAt(10, ['x', 'b', 'a'], relevant)).toBe(0.5)
  expect(reciprocalRankAt(1, ['x', 'b'], relevant)).toBe(0)
})

test('a document stands where its best passage stood', () => {
  expect(firstMentions(['b', 'a', 'b', 'c'])).toEqual(['b', 'a', 'c'])
})

test('quantiles are values that occurred', () => {
  expect([0, 0.5, 0.95, 1].map((share) => quantile([3, 1, 2, 4], share))).toEqual([1, 3, 4, 4])
})
