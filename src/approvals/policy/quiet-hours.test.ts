import { expect, test } from 'vitest'
import { afterQuietHours } from './quiet-hours.ts'

const quiet = { timeZone: 'Europe/Berlin', from: '21:00', to: '08:00', kinds: ['notify_customer' as const] }
const after = (at: string, kind: Parameters<typeof afterQuietHours>[1] = 'notify_customer') =>
  afterQuietHours(new Date(at), kind, quiet).toISOString()

test('a message of the night waits for the morning, local time', () => {
  expect(after('2026-03-04T19:59:30.000Z')).toBe('2026-03-04T19:59:30.000Z')
  expect(after('2026-03-04T20:00:10.000Z')).toBe('2026-03-05T07:00:00.000Z')
  expect(after('2026-03-05T06:59:59.000Z')).toBe('2026-03-05T07:00:00.000Z')
  expect(after('2026-03-05T07:00:00.000Z')).toBe('2026-03-05T07:00:00.000Z')
  expect(after('2026-07-05T05:30:00.000Z')).toBe('2026-07-05T06:00:00.000Z')
})

test('other actions do not wait, nor does a shop without quiet hours', () => {
  expect(after('2026-03-04T22:00:00.000Z', 'refund')).toBe('2026-03-04T22:00:00.000Z')
  const at = new Date('2026-03-04T22:00:00.000Z')
  expect(afterQuietHours(at, 'notify_customer', null)).toBe(at)
  expect(afterQuietHours(at, 'notify_customer', { ...quiet, from: '08:00', to: '08:00' })).toBe(at)
})
