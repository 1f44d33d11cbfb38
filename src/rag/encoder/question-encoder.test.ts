import { expect, test } from 'vitest'
import type { Chunk } from '#domain/document.ts'
import { chunkOf } from '../../../test/fixtures/chunk-builder.ts'
import { encodePassage } from './passage-encoder.ts'
import { encodeQuestion } from './question-encoder.ts'
import { vocabulary } from './vocabulary.ts'

function asking(...chunks: Chunk[]) {
  const words = vocabulary()
  for (const chunk of chunks) words.count(encodePassage(chunk, words).terms, 1)
  const encoded = (text: string, locale?: string) => encodeQuestion(text, locale ? { locale } : {}, words)
  const stems = (text: string, locale?: string) => encoded(text, locale).terms.map(({ term }) => words.stemOf(term))
  return { encoded, stems }
}

test.each([
  'Is the KA-DAWN still made?',
  'what about ka-dawn',
  'Have you got the KADAWN in blue?',
  'article number ka dawn please',
  'Artikelnummer: kadawn',
  'ka dawn',
])('reads an article number without digits: %s', (text) => {
  expect(asking(chunkOf('a')).encoded(text).keys).toContain('sku:kadawn')
})

test('does not take plain words for article numbers', () => {
  const { keys } = asking(chunkOf('a')).encoded('which desk lamp is the brightest one?')
  expect(keys.filter((key) => key.startsWith('sku:'))).toEqual([])
})

test('gives German words that say nothing no weight, and mends none of them', () => {
  const { encoded } = asking(
    chunkOf('a', { locale: 'de', text: 'Bis zum Halt dauert es lange. Wir haben täglich geöffnet.' }),
  )
  const { words } = encoded('Wann habt ihr offen, krieg ich das jetzt?', 'de')
  expect(words.filter(({ weight }) => weight > 0)).toMatchObject([{ word: 'offen', documentFrequency: 1 }])
})

test.each([
  ['Lieferzeit nach Wien', 'Die Lieferung braucht ihre Zeit.', ['liefer', 'zeit']],
  ['Wie ist die Zeit der Lieferung?', 'Unsere Lieferzeiten', ['lieferzeit']],
])('meets German compounds with their parts: %s', (question, text, stems) => {
  expect(asking(chunkOf('a', { locale: 'de', text })).stems(question, 'de')).toEqual(expect.arrayContaining(stems))
})

test('leaves a compound whole that the shop knows', () => {
  const { stems } = asking(chunkOf('a', { locale: 'de', text: 'Lieferzeit, Lieferung, Zeit' }))
  expect(stems('Lieferzeit', 'de')).toEqual(['lieferzeit'])
})

test.each([
  ['Is there a rucksack?', undefined, 'A light backpack', 'backpack'],
  ['Will it come the next day?', undefined, 'Express costs more', 'express'],
  ['Gibt es einen Rucksack?', 'de', 'A light backpack', 'backpack'],
  ['Was kostet ein Koffer?', 'de', 'Ein Reisegepäck', 'reisegepack'],
])('knows other words for a thing: %s', (question, locale, text, stem) => {
  expect(
    asking(chunkOf('a', { text, ...(locale && text !== 'A light backpack' ? { locale } : {}) })).stems(
      question,
      locale,
    ),
  ).toContain(stem)
})

test('weighs another word less than the word itself, and never above it', () => {
  const { encoded } = asking(
    chunkOf('a', { text: 'rucksack' }),
    chunkOf('b', { text: 'rucksack' }),
    chunkOf('c', { text: 'backpack' }),
  )
  const [own, other] = encoded('rucksack').terms
  expect(other?.weight).toBeLessThan(own?.weight ?? 0)
})

test('does not answer English questions with German homographs', () => {
  expect(asking(chunkOf('a', { text: 'a garden hose' })).stems('Are these trousers warm?')).toEqual([])
})

test('mends a word by what sounds the same before others as near', () => {
  const { encoded } = asking(
    chunkOf('a', { text: 'noise' }),
    chunkOf('b', { text: 'notice' }),
    chunkOf('c', { text: 'notice' }),
  )
  expect(encoded('noice').words[0]).toMatchObject({ stem: 'nois', corrected: true })
})
