import { expect, test } from 'vitest'
import type { Chunk } from '#domain/document.ts'
import { chunkOf } from '../../../test/fixtures/chunk-builder.ts'
import { encodePassage } from '../encoder/passage-encoder.ts'
import { encodeQuestion } from '../encoder/question-encoder.ts'
import { vocabulary } from '../encoder/vocabulary.ts'
import { textFeatures, wantedTerms } from './text-features.ts'

function features(text: string, chunk: Partial<Chunk>, others: Chunk[] = []) {
  const words = vocabulary()
  const passage = encodePassage(chunkOf('a', chunk), words)
  words.count(passage.terms, 1)
  for (const other of others) words.count(encodePassage(other, words).terms, 1)
  return textFeatures(passage, wantedTerms(encodeQuestion(text, {}, words)))
}

const APART = {
  title: 'Lamp',
  text: `Waterproof. ${'Something about parcels and shelves. '.repeat(6)} It has a zipper.`,
}

test('tells words in one place from words far apart', () => {
  const near = features('waterproof zipper', { title: 'Lamp', text: 'It has a waterproof zipper.' })
  const far = features('waterproof zipper', APART)
  expect([near.coverage, far.coverage]).toEqual([1, 1])
  expect(near.together).toBe(1)
  expect(far.together).toBeCloseTo(0.5)
})

test('a word stands for itself once, however many ways there are to say it', () => {
  const { coverage } = features('rucksack', { title: 'Bag', text: 'A backpack, a knapsack, a daypack' })
  expect(coverage).toBeGreaterThan(0)
  expect(coverage).toBeLessThan(1)
})
