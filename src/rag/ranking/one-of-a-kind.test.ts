import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Chunk } from '#domain/document.ts'
import { chunkOf } from '../../../test/fixtures/chunk-builder.ts'
import type { Passage } from '../retrieval.port.ts'
import { oneOfAKind } from './one-of-a-kind.ts'

const RULE =
  'You can send an item back within 30 days of the day the parcel reached you, as long as it is unused and in its own carton, and we pay for the way back. What was worn, washed or opened stays with whoever bought it, as does everything that was made to measure for one person alone.'

const ranked = (chunks: Chunk[]): Passage[] =>
  chunks.map((chunk, at) => ({
    chunk,
    score: 1 - at / 100,
    scores: { fused: 1 - at / 100, sparse: 0, ngram: 0, phrase: 0, cosine: null, exact: 0 },
  }))
const kept = (chunks: Chunk[], most = 10) => oneOfAKind(ranked(chunks), most).map(({ chunk }) => chunk.documentId)
const page = (name: string, text: string, more: Partial<Chunk> = {}) => chunkOf(name, { text, ...more })
const shirt = (name: string, more: Partial<Chunk> = {}) =>
  chunkOf(name, { kind: 'product', title: 'Linen shirt', text: RULE, ...more })

describe('of passages that are copies of one another', () => {
  test('the best placed is shown, and what comes behind moves up', () => {
    expect(
      kept(
        [
          page('returns', RULE),
          page('help', RULE),
          page('old-help', RULE.replace('You can', 'One can'), { title: 'returns' }),
          page('other', 'Something else altogether.'),
          page('terms', RULE.toUpperCase()),
          page('last', 'The last one.'),
        ],
        3,
      ),
    ).toEqual(['returns', 'other', 'last'])
  })

  test('a product imported twice is one, under one SKU or one title', () => {
    expect(kept([shirt('a', { sku: 'L-1' }), shirt('b', { sku: 'L-1', title: 'Shirt of linen, long' })])).toEqual(['a'])
    expect(kept([shirt('a'), shirt('b', { sku: 'L-1' })])).toEqual(['a'])
    const weight = { value: 1.2, unit: 'kg' }
    const one = shirt('a', { attributes: { weight }, measures: { weight } })
    expect(kept([one, shirt('b', { attributes: { weight: '1200 g' }, measures: { weight } })])).toEqual(['a'])
  })
})

describe('no copies are', () => {
  test.each<[string, Chunk, Chunk]>([
    ['rules of another number', page('a', RULE), page('b', RULE.replace('30', '14'))],
    ['rules of which one denies', page('a', RULE), page('b', RULE.replace('You can', 'You can not'))],
    ['translations', page('a', RULE, { locale: 'en' }), page('b', RULE, { locale: 'de' })],
    ['passages of one document', page('a', RULE), page('b', RULE, { documentId: chunkOf('a').documentId })],
    ['short texts that are merely alike', page('a', 'Yes, in the account.'), page('b', 'Yes, in my account.')],
    [
      'answers to two questions',
      page('a', RULE, { kind: 'faq', question: 'May I return it?' }),
      page('b', RULE, { kind: 'faq', question: 'Who pays for the way back?' }),
    ],
    ['the same few words under two titles', page('a', 'It is paid monthly.'), page('b', 'It is paid monthly.')],
    ['rules that differ by what they are about', page('a', RULE), page('b', RULE.replace('You can', 'One can'))],
    ['variants of another SKU', shirt('a', { sku: 'L-S' }), shirt('b', { sku: 'L-M' })],
    ['variants of another size', shirt('a', { attributes: { size: 'S' } }), shirt('b', { attributes: { size: 'M' } })],
    ['variants of another title', shirt('a', { title: 'Lamp, white' }), shirt('b', { title: 'Lamp, black' })],
    [
      'products of another price',
      shirt('a', { price: { amount: 1, currency: 'EUR' } }),
      shirt('b', { price: { amount: 2, currency: 'EUR' } }),
    ],
    ['a product and a page that quotes it', shirt('a'), page('b', RULE)],
  ])('%s', (_what, one, two) => {
    expect(kept([one, two])).toHaveLength(2)
  })
})

test('a ranking keeps its order and its best, and has no more than was asked for', () => {
  const passage = fc.tuple(fc.integer({ min: 0, max: 30 }), fc.constantFrom(RULE, 'Short.', 'Another one.'))
  fc.assert(
    fc.property(
      fc.uniqueArray(passage, { selector: ([name]) => name }),
      fc.integer({ min: 1, max: 8 }),
      (some, most) => {
        const names = some.map(([name]) => `${name}`)
        const found = kept(
          some.map(([name, text]) => page(`${name}`, text, { title: 'One' })),
          most,
        )
        expect(found).toEqual(names.filter((name) => found.includes(name as never)))
        expect(found.slice(0, 1)).toEqual(names.slice(0, 1))
        expect(found.length).toBe(Math.min(most, new Set(some.map(([, text]) => text)).size))
      },
    ),
  )
})
