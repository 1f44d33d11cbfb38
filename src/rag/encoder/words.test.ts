import { expect, test } from 'vitest'
import { bareKey, fold, nameKey, wordsOf } from './words.ts'

const plain = (text: string) => wordsOf(text).map(({ text, beside }) => (beside ? `+${text}` : text))

test.each([
  ['Blue tents, for two!', ['blue', 'tents', 'for', 'two']],
  ["the chef's knife", ['the', 'chef', 'knife']],
  ['AB-1234', ['ab', '1234', '+ab1234']],
  ['and/or', ['and', 'or']],
  ['1,299.00 or 1.299,00', ['1299', 'or', '1299']],
  ['2.50 and 2,5', ['2.50', 'and', '2.5']],
  ['500ml', ['500ml', '+500', '+ml']],
  ['Größe ＸＬ', ['größe', 'xl']],
])('reads %s', (text, words) => {
  expect(plain(text)).toEqual(words)
})

test('writes an article number one way, however it is separated', () => {
  expect(new Set(['TNT-204-B', 'tnt 204 b', 'TNT204B', 'tnt.204/b'].map(bareKey))).toEqual(new Set(['tnt204b']))
})

test('finds a name with an apostrophe as its words', () => {
  expect(nameKey("Chef's Kit")).toBe(nameKey('chef kit'))
})

test('folds accents and sharp s', () => {
  expect(['café', 'straße', 'ångström', 'plain'].map(fold)).toEqual(['cafe', 'strasse', 'angstrom', 'plain'])
})
