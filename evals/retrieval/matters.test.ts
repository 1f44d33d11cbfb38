import { expect, test } from 'vitest'
import { type MatterQuestion, matters, retold } from './matters.ts'
import { pseudoRandom } from './question-forms.ts'

const question = (place: number, matter: string): MatterQuestion => ({
  id: `q${place}`,
  text: `Question ${place} on ${matter}?`,
  relevant: new Set([`${matter}/${place}`]),
  around: [`${matter}/a`, `${matter}/b`, `${matter}/c`],
  matter,
  one: `${matter} ${place % 2}`,
})
const QUESTIONS = Array.from({ length: 24 }, (_, place) => question(place, place < 12 ? 'boats' : 'lamps'))
const matterIn = (text: string) => new Set(text.match(/on (boats|lamps)/g))

test('a message asks about one matter, and all pages of it are wanted', () => {
  const made = matters(QUESTIONS, 10, pseudoRandom('x'))
  expect(made).toHaveLength(10)
  for (const { text, relevant, matter } of made) {
    expect(matterIn(text)).toEqual(new Set([`on ${matter}`]))
    expect((text.match(/Question/g) ?? []).length).toBeGreaterThanOrEqual(3)
    expect([...relevant]).toEqual(expect.arrayContaining([`${matter}/a`, `${matter}/b`, `${matter}/c`]))
  }
})

test('what is told in several sentences is answered by what answers them, and nothing beside', () => {
  const made = retold(QUESTIONS, 10, pseudoRandom('x'))
  expect(made).toHaveLength(10)
  for (const { relevant } of made) expect([...relevant].some((page) => /[abc]$/.test(page))).toBe(false)
})

test('matters of too few questions or too many pages make no message', () => {
  expect(matters(QUESTIONS.slice(0, 2), 10, pseudoRandom('x'))).toEqual([])
  const wide = QUESTIONS.map((one) => ({ ...one, around: Array.from({ length: 30 }, (_, page) => `p${page}`) }))
  expect(matters(wide, 10, pseudoRandom('x'))).toEqual([])
})
