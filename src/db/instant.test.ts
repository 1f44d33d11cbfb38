import { expect, test } from 'vitest'
import { isInstant } from './instant.ts'

test('an instant is what a cursor is written with', () => expect(isInstant('2026-02-28T09:30:00.000Z')).toBe(true))

test.each(['2026-02-30T09:30:00.000Z', '2026-02-28T09:30:00Z', '2026-02-28T24:00:00.000Z', '2026-02-28', ''])(
  '“%s” is none',
  (text) => expect(isInstant(text)).toBe(false),
)
