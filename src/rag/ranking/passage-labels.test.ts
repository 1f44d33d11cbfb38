import { expect, test } from 'vitest'
import type { Embedder } from '#model/embedder.port.ts'
import { chunkOf } from '../../../test/fixtures/chunk-builder.ts'
import type { FeaturedHit, HitFeatures } from './hit-features.ts'
import { passageLabels } from './passage-labels.ts'

const { signal } = new AbortController()
const QUESTION = Float32Array.of(1, 0)
const FEATURES = { sparse: 0, ngram: 0, phrase: 0, coverage: 0, together: 0, named: 0, exact: 0, numbered: 0 }
const hit = (name: string, cosine: number | null, question?: string): FeaturedHit => ({
  chunk: chunkOf(name, question ? { kind: 'faq', question } : { kind: 'product' }),
  features: { ...FEATURES, cosine, meant: cosine } satisfies HitFeatures,
})

function counting(vectors: Record<string, Float32Array>) {
  const asked: string[] = []
  const embedder: Embedder = {
    model: 'm',
    dimensions: 2,
    embed: async (text) => {
      asked.push(text)
      const vector = vectors[text]
      if (!vector) throw new Error('late')
      return vector
    },
    close: async () => {},
  }
  return { asked, embedder }
}

const meant = (hits: FeaturedHit[]) => hits.map(({ features }) => features.meant)

test('a passage is as near as it and the question it answers together', async () => {
  const { embedder } = counting({ same: QUESTION, other: Float32Array.of(0, 1) })
  const hits = [hit('a', 0.4, 'same'), hit('b', 0.4, 'other'), hit('c', 0.4)]
  expect(meant(await passageLabels(embedder).compared(hits, QUESTION, signal))).toEqual([0.7, 0.2, 0.4])
})

test('makes the vector of a stored question once, also for texts that ask at the same time', async () => {
  const { embedder, asked } = counting({ same: QUESTION })
  const labels = passageLabels(embedder)
  const hits = [hit('a', 0.4, 'same')]
  await Promise.all([labels.compared(hits, QUESTION, signal), labels.compared(hits, QUESTION, signal)])
  await labels.compared(hits, QUESTION, signal)
  expect(asked).toEqual(['same'])
})

test('leaves hits as they are where a vector is missing', async () => {
  const { embedder } = counting({})
  const hits = [hit('a', 0.4, 'late'), hit('b', null, 'late')]
  expect(meant(await passageLabels(embedder).compared(hits, QUESTION, signal))).toEqual([0.4, null])
  expect(await passageLabels(null).compared(hits, QUESTION, signal)).toBe(hits)
  expect(await passageLabels(embedder).compared(hits, null, signal)).toBe(hits)
})

test('looks at the nearest stored questions alone', async () => {
  const hits = Array.from({ length: 40 }, (_, place) => hit(`p${place}`, place / 100, `question ${place}`))
  const { embedder, asked } = counting({})
  await passageLabels(embedder).compared(hits, QUESTION, signal)
  expect(asked.length).toBeLessThan(30)
  expect(asked).toContain('question 39')
  expect(asked).not.toContain('question 0')
})
