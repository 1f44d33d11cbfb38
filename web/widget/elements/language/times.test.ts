import { expect, test } from 'vitest'
import { durationText, relativeTime } from './spans.ts'
import { clockTime } from './times.ts'

const NOW = new Date('2026-07-03T08:40:00.000Z')
const before = (seconds: number) => new Date(NOW.getTime() - seconds * 1_000)

test.each([
  [20, 'now'],
  [-20, 'now'],
  [60, '1 minute ago'],
  [3_599, '59 minutes ago'],
  [3_600, '1 hour ago'],
  [86_400, 'yesterday'],
  [15 * 86_400, '2 weeks ago'],
  [400 * 86_400, 'last year'],
  [-7_200, 'in 2 hours'],
])('%i s before now is said as “%s”', (seconds, said) => {
  expect(relativeTime(before(seconds), NOW, 'en')).toBe(said)
})

test('a promise of time is rounded up and in the unit people use', () => {
  expect([45, 90, 119, 2_880, 3_000].map((minutes) => durationText(minutes, 'en'))).toEqual([
    '45 minutes',
    '2 hours',
    '2 hours',
    '2 days',
    '3 days',
  ])
})

test('a time of another day has its day', () => {
  expect(clockTime(before(60), NOW, 'en-GB')).not.toMatch(/Fri/)
  expect(clockTime(before(3 * 86_400), NOW, 'en-GB')).toMatch(/Tue/)
})
