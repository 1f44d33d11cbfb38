import { expect, test } from 'vitest'
import { UnusableInput } from '../suite.ts'
import { holds, readCases } from './answer-case.ts'

test('an accepted answer stands in the text as whole words, whatever the marks', () => {
  expect(holds('You have **30 days** to return it.', ['30-day', '30 days'])).toBe(true)
  expect(holds('It weighs 14 lbs.', ['4 lbs'])).toBe(false)
  expect(holds('It costs €19.90.', ['19.90'])).toBe(true)
  expect(holds('Anything', [])).toBe(false)
})

test('a row that is no case is named by its line', () => {
  expect(() => readCases([{ line: 7, value: { id: 'a', question: 'b', expect: 'maybe' } }])).toThrow(UnusableInput)
  expect(() => readCases([{ line: 7, value: { id: 'a', question: 'b', expect: 'maybe' } }])).toThrow(/line 7: expect/)
})
