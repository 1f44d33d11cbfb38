import { expect, test } from 'vitest'
import type { Chunk } from '#domain/document.ts'
import { chunkOf } from '../../../test/fixtures/chunk-builder.ts'
import { encodePassage } from './passage-encoder.ts'
import { encodeQuestion } from './question-encoder.ts'
import { vocabulary } from './vocabulary.ts'

function shopOf(...chunks: Chunk[]) {
  const words = vocabulary()
  const encoded = chunks.map((chunk) => encodePassage(chunk, words))
  for (const { terms } of encoded) words.count(terms, 1)
  const weight = (place: number, stem: string) => {
    const one = encoded[place]
    const at = one?.terms.indexOf(words.find(stem) ?? -1) ?? -1
    return at < 0 ? 0 : (one?.weights[at] ?? 0)
  }
  return { words, encoded, weight }
}

test('weighs a word more in the title than in the text, and never above 1', () => {
  const { weight } = shopOf(
    chunkOf('a', { title: 'Zebra', text: 'tent' }),
    chunkOf('b', { title: 'Lamp', text: `zebra ${'zebra '.repeat(500)}` }),
  )
  expect(weight(0, 'zebra')).toBeGreaterThan(weight(0, 'tent'))
  expect(weight(1, 'zebra')).toBeLessThanOrEqual(1)
})

test('weighs a word less in a longer text', () => {
  const filler = Array.from({ length: 200 }, (_, number) => `word${number}`).join(' ')
  const { weight } = shopOf(chunkOf('a', { text: 'zebra' }), chunkOf('b', { text: `zebra ${filler}` }))
  expect(weight(0, 'zebra')).toBeGreaterThan(weight(1, 'zebra'))
})

test('gives the same weights whatever else the shop has', () => {
  const tent = chunkOf('tent', { text: 'A waterproof tent' })
  const alone = shopOf(tent)
  const among = shopOf(chunkOf('other', { text: 'tent tent lamp' }), tent)
  expect(alone.weight(0, 'waterproof')).toBe(among.weight(1, 'waterproof'))
})

test('finds attributes, article number, category and brand as words', () => {
  const chunk = chunkOf('lamp', {
    sku: 'LMP-77',
    category: 'Lighting',
    scope: { brand: 'Lumo' },
    attributes: { bulb_type: 'halogen', weight: { value: 1.2, unit: 'kg' }, dimmable: true },
  })
  const { weight } = shopOf(chunk)
  for (const stem of ['lmp77', 'light', 'lumo', 'bulb', 'halogen', '1.2', 'kg', 'dimmabl'])
    expect(weight(0, stem)).toBeGreaterThan(0)
})

test('reads a German passage as German', () => {
  const { words } = shopOf(chunkOf('a', { locale: 'de', text: 'Die Rucksäcke sind wasserdicht' }))
  expect(
    encodeQuestion('Ist der Rucksack wasserdicht?', { locale: 'de' }, words).words.filter(({ weight }) => weight > 0),
  ).toMatchObject([
    { word: 'rucksack', documentFrequency: 1 },
    { word: 'wasserdicht', documentFrequency: 1 },
  ])
})

test('meets a word written apart with the shop’s word written together', () => {
  const { words } = shopOf(chunkOf('a', { text: 'a light backpack' }))
  const { terms } = encodeQuestion('a back pack', {}, words)
  expect(terms.map(({ term }) => words.stemOf(term))).toContain('backpack')
})

test('looks up a name of any length in the question, but no single digits as article numbers', () => {
  const { words } = shopOf(chunkOf('a'))
  const { keys } = encodeQuestion('Has the Alpine Star Tent 2 rooms?', {}, words)
  expect(keys).toContain('name:alpinestartent')
  expect(keys.filter((key) => key.startsWith('sku:2'))).toEqual(['sku:2rooms'])
})

test('makes neighbouring words of a title one term, met by the same words together in the question alone', () => {
  const { words } = shopOf(chunkOf('a', { title: 'Light Blue Account' }), chunkOf('b', { title: 'Blue Account' }))
  const terms = (text: string) => encodeQuestion(text, {}, words).terms.map(({ term }) => words.stemOf(term))
  expect(terms('my light blue account')).toEqual(expect.arrayContaining(['light blue', 'blue account']))
  expect(terms('a blue light for my account')).not.toContain('light blue')
})
