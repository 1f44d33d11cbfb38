import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chunkOf } from '../../../test/fixtures/chunk-builder.ts'
import { fusedRanking, joinedRanking } from './fused-ranking.ts'
import { FUSION } from './fusion-weights.ts'
import type { HitFeatures } from './hit-features.ts'

const NOTHING: HitFeatures = { sparse: 0, dense: 0, cosine: 0, ngram: 0, phrase: 0, coverage: 0, named: 0, exact: 0 }
const hit = (name: string, features: Partial<HitFeatures>, document = name) => ({
  chunk: { ...chunkOf(name), documentId: chunkOf(document).documentId },
  features: { ...NOTHING, ...features },
})
const order = (passages: { chunk: { title: string } }[]) => passages.map(({ chunk }) => chunk.title)

test('scores lie between 0 and 1 and fall', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  const features = fc.record({
    sparse: share,
    dense: fc.option(share),
    phrase: share,
    coverage: share,
    named: share,
    exact: fc.constantFrom(0, 1),
  })
  fc.assert(
    fc.property(fc.array(features, { maxLength: 20 }), (all) => {
      const scores = fusedRanking(
        all.map((one, place) => hit(`p${place}`, one)),
        FUSION,
      ).map(({ score }) => score)
      expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true)
      expect(scores).toEqual([...scores].sort((one, two) => two - one))
    }),
  )
})

test('a passage without a vector does not rank below the same passage with a middling one', () => {
  const ranked = fusedRanking(
    [
      hit('with', { sparse: 0.8, coverage: 0.8, dense: 0.5 }),
      hit('without', { sparse: 0.8, coverage: 0.8, dense: null, cosine: null }),
    ],
    FUSION,
  )
  expect(order(ranked)).toEqual(['without', 'with'])
})

test('equal scores are in the order of passage ids', () => {
  expect(order(fusedRanking([hit('b', { sparse: 1 }), hit('a', { sparse: 1 })], FUSION))).toEqual(['a', 'b'])
})

test('an article number outweighs better words', () => {
  expect(
    order(
      fusedRanking(
        [hit('words', { sparse: 1, dense: 0.6 }), hit('number', { sparse: 0.7, dense: 0.5, exact: 1 })],
        FUSION,
      ),
    )[0],
  ).toBe('number')
})

test('of two equal passages the one whose document has more to say leads', () => {
  const ranked = fusedRanking(
    [hit('alone', { sparse: 0.8 }), hit('z1', { sparse: 0.8 }, 'rich'), hit('z2', { sparse: 0.7 }, 'rich')],
    FUSION,
  )
  expect(order(ranked)[0]).toBe('z1')
})

test('what answers one sentence well counts beside what suits the whole', () => {
  const near = (name: string, score: number) =>
    fusedRanking([hit(name, { sparse: score, dense: score, cosine: score })], FUSION)
  const joined = joinedRanking(
    [...near('whole', 0.9), ...near('other', 0.5)],
    [near('part', 0.9), near('whole', 0.8)],
    FUSION,
  )
  expect(order(joined)).toEqual(['whole', 'part', 'other'])
})

test('a sentence that is near nothing lifts nothing', () => {
  const near = (name: string, score: number, cosine: number) =>
    fusedRanking([hit(name, { sparse: score, dense: score, cosine })], FUSION)
  const joined = joinedRanking(near('asked', 0.9, 0.8), [near('asked', 0.9, 0.8), near('greeting', 1, 0.1)], FUSION)
  expect(order(joined)).toEqual(['asked', 'greeting'])
  expect(joined[1]?.score).toBeLessThan((joined[0]?.score ?? 0) / 4)
})
