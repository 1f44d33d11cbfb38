import { expect, test } from 'vitest'
import type { Citation } from '../../../api-client/shapes.ts'
import { placedCitations } from './placed-citations.ts'

const cite = (quote: string) => ({ quote }) as Citation
const TEXT = 'Returns are free within 30 days. Opened hygiene articles are excluded.\n\nRefunds take five working days.'
const behind = (text: string, quote: string) => {
  const [place] = placedCitations(text, [cite(quote)])
  return place == null ? null : text.slice(0, place)
}

test('a quote stands behind its words', () => {
  expect(behind(TEXT, 'Returns are free within 30 days.')).toBe('Returns are free within 30 days.')
})

test('a quote longer than the sentence stands behind the sentence it holds', () => {
  expect(behind(TEXT, 'Please note: Opened hygiene articles are excluded. So are candles.')).toMatch(/are excluded\.$/)
})

test('a quote that was cut stands behind the sentence it begins', () => {
  expect(behind(TEXT, 'Refunds take five working days from the day the parcel came.')).toMatch(/working days\.$/)
})

test('what is said in other words has no place in the text', () => {
  expect(behind(TEXT, 'Erstattungen dauern fünf Werktage.')).toBeNull()
  expect(behind(TEXT, '')).toBeNull()
})
