import { describe, expect, test } from 'vitest'
import { dueAt, spanOf } from './due.ts'

const noon = new Date('2026-03-02T12:00:00Z')
const later = (minutes: number) => new Date(noon.getTime() + minutes * 60_000)

describe('a due time', () => {
  test('is overdue from the first moment after it', () => {
    expect(dueAt(noon, noon).state).toBe('soon')
    expect(dueAt(later(-1), noon)).toEqual({ state: 'overdue', in: { value: 1, unit: 'minute' } })
    expect(dueAt(new Date(noon.getTime() - 1), noon).state).toBe('overdue')
  })
  test('is soon within a quarter of an hour, later before', () => {
    expect(dueAt(later(15), noon).state).toBe('soon')
    expect(dueAt(later(16), noon)).toEqual({ state: 'later', in: { value: 16, unit: 'minute' } })
  })
})

describe('a span', () => {
  test.each([
    [59, 59, 'minute'],
    [60, 1, 'hour'],
    [47 * 60 + 59, 47, 'hour'],
    [48 * 60, 2, 'day'],
  ])('of %i minutes is %i of the unit %s', (minutes, value, unit) => {
    expect(spanOf(minutes * 60_000)).toEqual({ value, unit })
  })
})
