import { expect, test } from 'vitest'
import { guessLanguage, isStopWord, languageOfTag, stem, surelyIn } from './language.ts'
import { wordsOf } from './words.ts'

test.each([
  ['en', ['returned', 'returns', 'returning']],
  ['de', ['rucksack', 'rucksäcke', 'rucksäcken']],
] as const)('gives forms of a word one stem in %s', (language, forms) => {
  expect(new Set(forms.map((word) => stem(word, language))).size).toBe(1)
})

test('leaves numbers and other languages as they are', () => {
  expect(stem('1299', 'en')).toBe('1299')
  expect(stem('livraisons', 'other')).toBe('livraisons')
})

test('knows the language of a tag', () => {
  expect([undefined, 'en-GB', 'de_AT', 'fr'].map(languageOfTag)).toEqual([null, 'en', 'de', 'other'])
})

test('tells English from German by function words, and is sure only with two more of one', () => {
  expect(guessLanguage(wordsOf('Wie lange habe ich Zeit?'))).toBe('de')
  expect(guessLanguage(wordsOf('How long is the guarantee?'))).toBe('en')
  expect(surelyIn(wordsOf('In which street is your showroom?'))).toBe('en')
  expect(surelyIn(wordsOf('Schließt ihr am Sonntag?'))).toBe('de')
  expect(surelyIn(wordsOf('showroom address'))).toBeNull()
})

test('keeps negations: they change the answer', () => {
  expect(['not', 'no', 'without'].some((word) => isStopWord(word, 'en'))).toBe(false)
  expect(['nicht', 'kein', 'ohne'].some((word) => isStopWord(word, 'de'))).toBe(false)
})

test('a word is never taken for what every object has', () => {
  for (const language of ['en', 'de', 'other'] as const)
    for (const word of ['constructor', '__proto__', 'valueof', 'toString'])
      expect(typeof stem(word, language)).toBe('string')
  expect(stem('constructors', 'en')).toBe(stem('constructor', 'en'))
})
