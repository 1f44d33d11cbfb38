import { describe, expect, test } from 'vitest'
import { calendarDays, daysLater, isTime, minutesApart, minutesLater, wholeDays } from './calendar.ts'

describe('days', () => {
  test('of 24 hours count only when they are full', () => {
    expect(wholeDays('2025-07-11T06:21:00Z', '2025-07-25T06:20:59Z')).toBe(13)
    expect(wholeDays('2025-07-11T06:21:00Z', '2025-07-25T06:21:00Z')).toBe(14)
  })

  test('of the calendar count midnights in UTC', () => {
    expect(calendarDays('2025-02-23T23:59:00Z', '2025-02-24T00:01:00Z')).toBe(1)
    expect(calendarDays('2025-02-23T00:01:00Z', '2025-02-23T23:59:00Z')).toBe(0)
    expect(calendarDays('2025-02-26T18:00:00Z', '2025-02-23T20:00:00Z')).toBe(-3)
  })

  test('go over leap days and ends of years', () => {
    expect(calendarDays('2024-02-28T12:00:00Z', '2024-03-01T12:00:00Z')).toBe(2)
    expect(daysLater('2024-12-31T12:00:00Z', 1)).toBe('2025-01-01T12:00:00.000Z')
  })

  test('are no number where a time is none, so that no rule holds by it', () => {
    expect(wholeDays('soon', '2025-01-01T00:00:00Z') >= 0).toBe(false)
    expect(calendarDays('2025-01-01T00:00:00Z', '') <= 100).toBe(false)
    expect(isTime('soon')).toBe(false)
    expect(isTime('2025-01-01T00:00:00Z')).toBe(true)
  })
})

test('minutes apart do not care which time is first', () => {
  expect(minutesApart('2025-01-03T19:50:00Z', '2025-01-03T19:24:00Z')).toBe(26)
  expect(minutesApart('2025-01-03T19:24:00Z', '2025-01-03T19:50:30Z')).toBe(26.5)
  expect(minutesLater('2025-01-03T19:24:00Z', 26)).toBe('2025-01-03T19:50:00.000Z')
})
