import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { waitAt, worthTelling } from './handoff-wait.ts'
import type { OpeningHours } from './opening-hours.ts'

const hours: OpeningHours = { timeZone: 'UTC', days: { wed: ['09:00', '17:00'] }, replyWithinMinutes: 60 }
const wednesday = (time: string) => new Date(`2026-03-04T${time}:00Z`)
const by = (now: string, ahead: number, promised: string) =>
  waitAt(wednesday(now), ahead, wednesday(promised), hours).expectedAt.toISOString()

describe('a reply is expected', () => {
  test('at the promised time while the queue is short', () =>
    expect(by('12:00', 5, '13:00')).toBe('2026-03-04T13:00:00.000Z'))
  test('ten minutes of opening time for each one ahead and for oneself, where that is later', () => {
    expect(by('12:00', 8, '13:00')).toBe('2026-03-04T13:30:00.000Z')
    expect(by('16:30', 5, '13:00')).toBe('2026-03-11T09:30:00.000Z')
  })
  test('never before it was promised', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 500 }), (ahead) => {
        expect(
          waitAt(wednesday('10:00'), ahead, wednesday('11:00'), hours).expectedAt.getTime(),
        ).toBeGreaterThanOrEqual(wednesday('11:00').getTime())
      }),
    )
  })
})

describe('a wait is told anew', () => {
  test('at every step of the first twenty, and never when nothing moved', () => {
    for (let told = 1; told < 20; told += 1) {
      expect(worthTelling(told, told)).toBe(false)
      expect(worthTelling(told, told - 1)).toBe(true)
    }
  })
  test('at least each time it got a tenth shorter, so that nobody hears of old numbers', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 5_000 }), (told, ahead) => {
        if (!worthTelling(told, ahead)) expect(Math.abs(told - ahead)).toBeLessThan(Math.max(1, told / 10))
      }),
    )
  })
})
