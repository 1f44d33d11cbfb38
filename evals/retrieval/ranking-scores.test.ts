import { expect, test } from 'vitest'
import { changesSince } from './kept-scores.ts'
import {
  differencesOf,
  meansOf,
  notSignificantlyWorse,
  noWorse,
  type RankingScores,
  rankingScores,
} from './ranking-scores.ts'

const all = (value: number): RankingScores => ({
  'ndcg@10': value,
  'recall@1': value,
  'recall@5': value,
  'recall@10': value,
  mrr: value,
})

test('one ranking has five measures', () => {
  const scores = rankingScores(['x', 'a', 'y', 'b'], new Set(['a', 'b']))
  expect(scores).toMatchObject({ 'recall@1': 0, 'recall@5': 1, 'recall@10': 1, mrr: 0.5 })
  expect(scores['ndcg@10']).toBeCloseTo((1 / Math.log2(3) + 1 / Math.log2(5)) / (1 + 1 / Math.log2(3)), 6)
})

test('what is past the tenth document is not seen', () => {
  const ranked = [...Array.from({ length: 10 }, (_, place) => `x${place}`), 'a']
  expect(rankingScores(ranked, new Set(['a']))).toEqual(all(0))
})

test('limits enclose the mean and are the same for the same seed', () => {
  const scores = [0, 0.2, 0.4, 0.9, 1, 1].map(all)
  const { mrr } = meansOf(scores, 3)
  expect(mrr.value).toBeCloseTo(3.5 / 6, 9)
  expect(mrr.low).toBeLessThan(mrr.value)
  expect(mrr.high).toBeGreaterThan(mrr.value)
  expect(meansOf(scores, 3)).toEqual(meansOf(scores, 3))
  expect(meansOf(scores, 4)).not.toEqual(meansOf(scores, 3))
})

test('a comparison is paired: the same lead on easy and on hard cases leaves no doubt', () => {
  const theirs = [0, 0.25, 0.5, 0.75].map(all)
  const ours = [0.25, 0.5, 0.75, 1].map(all)
  expect(meansOf(differencesOf(ours, theirs), 1).mrr).toEqual({ value: 0.25, low: 0.25, high: 0.25, n: 4 })
  expect(() => differencesOf(ours, [all(0)])).toThrow(/two scores a case/)
})

test('no worse is a matter of the mean, significantly worse one of the upper limit', () => {
  const metric = (value: number, low: number, high: number) => ({ value, low, high, n: 9 })
  expect(noWorse('x', metric(0, 0, 0))).toMatchObject({ name: 'x', pass: true, limit: 0 })
  expect(noWorse('x', metric(-0.01, -0.05, 0.03))).toMatchObject({ pass: false, bound: -0.01 })
  expect(notSignificantlyWorse('x', metric(-0.01, -0.05, 0.03))).toMatchObject({ pass: true, bound: 0.03 })
  expect(notSignificantlyWorse('x', metric(-0.03, -0.05, -0.01))).toMatchObject({ pass: false, bound: -0.01 })
})

test('only cases that were there before are compared with before', () => {
  const kept = { pipelineVersion: 'p', ndcg: { a: 0.5, b: 1 } }
  const now = [
    { id: 'a', ndcg: 0.75 },
    { id: 'new', ndcg: 0 },
  ]
  expect(changesSince(kept, now)).toEqual([0.25])
})
