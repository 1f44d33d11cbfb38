import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { afterOpeningTime, expectedReplyBy, type OpeningHours, openingAt } from './opening-hours.ts'

const office: OpeningHours = {
  timeZone: 'Europe/Berlin',
  days: { mon: ['09:00', '17:00'], tue: ['09:00', '17:00'], fri: ['09:00', '12:00'] },
  replyWithinMinutes: 120,
}
const by = (now: string, hours = office) => expectedReplyBy(new Date(now), hours).toISOString()

describe('a reply is expected', () => {
  test('two hours later while the shop is open', () =>
    expect(by('2026-01-05T09:00:00Z')).toBe('2026-01-05T11:00:00.000Z'))
  test('two hours after the next opening when it is closed', () =>
    expect(by('2026-01-05T20:00:00Z')).toBe('2026-01-06T10:00:00.000Z'))
  test('with the rest of the time carried over the night', () =>
    expect(by('2026-01-05T15:00:00Z')).toBe('2026-01-06T09:00:00.000Z'))
  test('after days without opening hours', () => expect(by('2026-01-07T12:00:00Z')).toBe('2026-01-09T10:00:00.000Z'))
  test('at the local hour on the other side of a clock change', () => {
    expect(by('2026-03-27T20:00:00Z')).toBe('2026-03-30T09:00:00.000Z')
  })
  test('in plain time by a shop that never opens', () => {
    expect(by('2026-01-05T20:00:00Z', { ...office, days: {} })).toBe('2026-01-05T22:00:00.000Z')
  })
})

test('the expected reply is never before now plus the promised time', () => {
  const moments = fc.date({ min: new Date('2025-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
  fc.assert(
    fc.property(moments, fc.integer({ min: 1, max: 600 }), (now, minutes) => {
      const reply = expectedReplyBy(now, { ...office, replyWithinMinutes: minutes })
      expect(reply.getTime()).toBeGreaterThanOrEqual(now.getTime() + minutes * 60_000)
    }),
  )
})

describe('the shop', () => {
  const at = (now: string, hours = office) => {
    const { open, opensAt, changesAt } = openingAt(new Date(now), hours)
    return [open, opensAt?.toISOString() ?? null, changesAt?.toISOString() ?? null]
  }
  test('is open until it closes', () =>
    expect(at('2026-01-05T09:00:00Z')).toEqual([true, null, '2026-01-05T16:00:00.000Z']))
  test('is open from the very minute it opens, and closed from the very minute it closes', () => {
    expect(at('2026-01-05T08:00:00Z')[0]).toBe(true)
    expect(at('2026-01-05T16:00:00Z')).toEqual([false, '2026-01-06T08:00:00.000Z', '2026-01-06T08:00:00.000Z'])
  })
  test('opens next after days without opening hours', () =>
    expect(at('2026-01-07T12:00:00Z')).toEqual([false, '2026-01-09T08:00:00.000Z', '2026-01-09T08:00:00.000Z']))
  test('that never opens says so', () =>
    expect(at('2026-01-05T09:00:00Z', { ...office, days: {} })).toEqual([false, null, null]))
  test('that is open day and night never closes', () => {
    const days = Object.fromEntries(
      ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, ['00:00', '24:00']]),
    ) as OpeningHours['days']
    expect(at('2026-01-05T09:00:00Z', { ...office, days })).toEqual([true, null, null])
  })
})

test('much opening time takes the weeks it takes, up to a year', () => {
  const monday = new Date('2026-01-05T08:00:00Z')
  // 19 hours a week: four weeks are 76 of them.
  expect(afterOpeningTime(monday, 76 * 60, office).toISOString()).toBe('2026-01-30T11:00:00.000Z')
  expect(afterOpeningTime(monday, 5_000 * 60, office).toISOString()).toBe('2027-01-05T16:00:00.000Z')
})

test('opening time runs only while the shop is open, wherever one starts', () => {
  const moments = fc.date({ min: new Date('2025-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
  fc.assert(
    fc.property(moments, fc.integer({ min: 1, max: 10_080 }), (now, minutes) => {
      const end = afterOpeningTime(now, minutes, office)
      // The minute that is used up last is an open one.
      expect(openingAt(new Date(end.getTime() - 1), office).open).toBe(true)
    }),
  )
})
