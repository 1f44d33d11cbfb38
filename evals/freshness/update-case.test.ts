import { expect, test } from 'vitest'
import { UnusableInput } from '../suite.ts'
import { readUpdateCases, says } from './update-case.ts'

const row = {
  id: 'one',
  documentId: 'returns',
  title: 'Returns',
  before: '# Returns\n\nYou have 30 days to send it back. Keep the *original box* for that.',
  after: '# Returns\n\nYou have 20 days to send it back. Keep the original box for that.',
  changedSentences: ['You have 30 days to send it back.', '<img src="x">', 'It was never there at all.', 'Too short.'],
  addedSentences: ['You have 20 days to send it back.', 'Keep the original box for that.'],
}

test('sentences count when they could be quoted on one side of the change alone', () => {
  expect(readUpdateCases([{ line: 1, value: row }])).toMatchObject([
    {
      id: 'one',
      before: { id: 'returns', text: row.before },
      stale: ['You have 30 days to send it back.'],
      fresh: ['You have 20 days to send it back.'],
    },
  ])
})

test.each([null, {}, { ...row, before: 7 }, { ...row, changedSentences: 'one' }])('%j cannot be used', (value) => {
  expect(() => readUpdateCases([{ line: 3, value }])).toThrow(UnusableInput)
  expect(() => readUpdateCases([{ line: 3, value }])).toThrow(/line 3/)
})

test('marks and spaces make no difference to what is said, other words do', () => {
  expect(says('Keep the **original**\nbox, please.', 'the original box')).toBe(true)
  expect(says('See [our terms](https://shop.example/terms) for it.', 'our terms for it')).toBe(true)
  expect(says('within 300 days', 'within 30 days')).toBe(false)
})
