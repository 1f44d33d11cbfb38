import { expect, test } from 'vitest'
import type { ChunkId } from '#domain/ids.ts'
import { chunkOf } from '../../../test/fixtures/chunk-builder.ts'
import type { Passage } from '../retrieval.port.ts'
import { aroundItsMatter } from './one-matter.ts'

const passage = (name: string, score: number): Passage => ({
  chunk: chunkOf(name),
  score,
  scores: { fused: score, sparse: 0, ngram: 0, phrase: 0, cosine: null, exact: 0 },
})
const RANKING = [passage('a', 0.9), passage('b', 0.8), passage('c', 0.7), passage('far', 0.5), passage('near', 0.45)]
const titles = (passages: Passage[]) => passages.map(({ chunk }) => chunk.title)
/** As the passages' distances stand: all alike but `far`. */
const likeness = (_leaders: ChunkId[], ids: ChunkId[]) => ids.map((id) => (id === chunkOf('far').id ? 0.1 : 0.8))

test('what is like the leading passages of a long message passes what is not', () => {
  expect(titles(aroundItsMatter(RANKING, 3, likeness, 0.2))).toEqual(['a', 'b', 'c', 'near', 'far'])
})

test('a text of two sentences, or a share of nothing, leaves the ranking as it is', () => {
  expect(aroundItsMatter(RANKING, 2, likeness, 0.2)).toBe(RANKING)
  expect(aroundItsMatter(RANKING, 3, likeness, 0)).toBe(RANKING)
})

test('the first three lead, and passages without a vector keep their score', () => {
  let asked: ChunkId[] = []
  const ranked = aroundItsMatter(
    RANKING,
    5,
    (leaders, ids) => {
      asked = leaders
      return ids.map(() => null)
    },
    0.2,
  )
  expect(asked).toEqual(['a', 'b', 'c'].map((name) => chunkOf(name).id))
  expect(ranked).toEqual(RANKING)
  expect(aroundItsMatter([], 3, () => [], 0.2)).toEqual([])
})
