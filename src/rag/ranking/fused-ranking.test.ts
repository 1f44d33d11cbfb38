import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chunkOf } from '../../../test/fixtures/chunk-builder.ts'
import { fusedRanking, joinedRanking } from './fused-ranking.ts'
import { FUSION } from './fusion-weights.ts'
import type { HitFeatures } from './hit-features.ts'

const NOTHING: HitFeatures = {
  sparse: 0,
  cosine: 0,
  meant: 0,
  ngram: 0,
  phrase: 0,
  coverage: 0,
  together: 0,
  named: 0,
  exact: 0,
  numbered: 0,
}
const hit = (name: string, features: Partial<HitFeatures>, document = name) => ({
  chunk: { ...chunkOf(name), documentId: chunkOf(document).documentId },
  features: { ...NOTHING, ...features },
})
const order = (passages: { chunk: { title: string } }[]) => passages.map(({ chunk }) => chunk.title)

test('scores lie between 0 and 1 and fall', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  const features = fc.record({
    sparse: share,
    meant: fc.option(fc.double({ min: -1, max: 1, noNaN: true })),
    phrase: share,
    together: share,
    coverage: share,
    named: share,
    exact: fc.constantFrom(0, 1),
    numbered: fc.constantFrom(0, 1),
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
      hit('nearest', { sparse: 0.8, coverage: 0.8, meant: 0.6 }),
      hit('with', { sparse: 0.8, coverage: 0.8, meant: 0.4 }),
      hit('without', { sparse: 0.8, coverage: 0.8, meant: null, cosine: null }),
      hit('farthest', { sparse: 0.8, coverage: 0.8, meant: 0.2 }),
    ],
    FUSION,
  )
  expect(order(ranked).indexOf('without')).toBeLessThan(order(ranked).indexOf('with'))
})

test('equal scores are in the order of passage ids', () => {
  expect(order(fusedRanking([hit('b', { sparse: 1 }), hit('a', { sparse: 1 })], FUSION))).toEqual(['a', 'b'])
})

test('a name in full outweighs better words, an article number whatever else was said', () => {
  const ranked = fusedRanking(
    [
      hit('words', { sparse: 1, meant: 0.9, coverage: 1, together: 1, named: 0.5 }),
      hit('number', { sparse: 0.2, meant: 0.1, exact: 1, numbered: 1 }),
      hit('less', { sparse: 0.5, meant: 0.5 }),
      hit('name', { sparse: 0.4, meant: 0.5, exact: 1 }),
    ],
    FUSION,
  )
  expect(order(ranked)).toEqual(['number', 'words', 'name', 'less'])
})

test('of two equal passages the one whose document has more to say leads', () => {
  const ranked = fusedRanking(
    [hit('alone', { sparse: 0.8 }), hit('z1', { sparse: 0.8 }, 'rich'), hit('z2', { sparse: 0.7 }, 'rich')],
    FUSION,
  )
  expect(order(ranked)[0]).toBe('z1')
})

test('nearness counts by how far it stands out among the hits, not by its size', () => {
  const top = (cosines: number[]) =>
    fusedRanking(
      cosines.map((meant, place) => hit(`p${place}`, { meant })),
      FUSION,
    )[0]?.score ?? 0
  expect(top([0.9, 0.3, 0.3, 0.3, 0.3])).toBeCloseTo(top([0.6, 0.1, 0.1, 0.1, 0.1]), 3)
  expect(top([0.9, 0.3, 0.3, 0.3, 0.3])).toBeGreaterThan(top([0.9, 0.9, 0.9, 0.9, 0.9]))
})

test('words in one place count beside words anywhere', () => {
  const ranked = fusedRanking(
    [hit('anywhere', { coverage: 0.8 }), hit('in one', { coverage: 0.8, together: 0.8 })],
    FUSION,
  )
  expect(order(ranked)).toEqual(['in one', 'anywhere'])
})

test('what answers one sentence well counts beside what suits the whole', () => {
  const near = (...scores: [name: string, score: number][]) =>
    fusedRanking(
      scores.map(([name, score]) => hit(name, { sparse: score, cosine: score, meant: score })),
      FUSION,
    )
  const joined = joinedRanking(
    near(['whole', 0.9], ['other', 0.5], ['part', 0.1]),
    [near(['part', 0.9], ['other', 0.1]), near(['whole', 0.8], ['other', 0.2])],
    FUSION,
  )
  expect(order(joined)).toEqual(['whole', 'part', 'other'])
})

test('a sentence that is near nothing lifts less than one that is near something', () => {
  const near = (cosine: number, ...scores: [name: string, score: number][]) =>
    fusedRanking(
      scores.map(([name, score]) => hit(name, { sparse: score, cosine, meant: score })),
      FUSION,
    )
  const joined = joinedRanking(
    near(0.8, ['other', 0.9]),
    [near(0.8, ['asked', 1], ['other', 0]), near(0.1, ['greeting', 1], ['other', 0])],
    FUSION,
  )
  const score = (name: string) => joined.find(({ chunk }) => chunk.title === name)?.score ?? 0
  expect(score('greeting')).toBeLessThan(score('asked'))
})
