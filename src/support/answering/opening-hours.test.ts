import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SupportHours } from '#db/access/shops.port.ts'
import { expectedReplyBy } from './opening-hours.ts'

const office: SupportHours = {
  timeZone: 'Europe/Berlin',
  days: { mon: ['09:00', '17:00'], tue: ['09:00', '17:00'], fri: ['09:00', '12:00'] },
  replyWithinMinutes: 120,
  queue: 'support',
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
