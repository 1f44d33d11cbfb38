import fc from 'fast-check'
import { expect, test } from 'vitest'
import { vocabulary } from './vocabulary.ts'

function shopOf(...stems: string[]) {
  const words = vocabulary()
  for (const stem of stems) words.count(Uint32Array.of(words.intern(stem)), 1)
  return words
}

test.each([
  ['watreproof', 'waterproof'],
  ['bakpack', 'backpack'],
  ['tnet', 'tent'],
  ['headphnes', 'headphones'],
  ['waterprooof', 'waterproof'],
])('reads %s as %s', (typed, meant) => {
  const words = shopOf('waterproof', 'backpack', 'tent', 'headphones', 'bottle')
  expect(words.near(typed, 3)[0]?.stem).toBe(meant)
})

test('takes no word with other digits for a misspelling', () => {
  expect(shopOf('xr200', 'xr2000').near('xr300', 3)).toEqual([])
})

test('corrects no short word: it is one letter from a dozen others', () => {
  expect(shopOf('red', 'bed').near('ped', 3)).toEqual([])
})

test('corrects to live words alone', () => {
  const words = shopOf('waterproof')
  words.count(Uint32Array.of(words.intern('waterproof')), -1)
  expect(words.near('watreproof', 3)).toEqual([])
})

test('prefers the more frequent of equally near words', () => {
  const words = shopOf('table', 'cable', 'cable')
  expect(words.near('xable', 1)[0]?.stem).toBe('cable')
})

test('weighs a word less the more passages have it, and always above 0', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 49 }), (passages, frequency) => {
      const words = vocabulary()
      for (let count = 0; count < passages; count += 1) words.count(Uint32Array.of(words.intern('word')), 1)
      const [more, less] = [words.inverseFrequency(frequency), words.inverseFrequency(frequency + 1)]
      expect(less).toBeGreaterThan(0)
      expect(more).toBeGreaterThan(less)
    }),
  )
})
