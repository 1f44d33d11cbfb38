import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareSequences, compareStamps, stampTime } from './stamp.ts'

test.each([
  ['9', '10'],
  ['0009', '0010'],
  ['2', '0010'],
  ['18446744073709551615', '18446744073709551616'],
  ['2026-01-09T00', '2026-01-10T00'],
  ['a9', 'b1'],
  ['7', 'a'],
])('%s comes before %s', (older, newer) => {
  expect(compareSequences(older, newer)).toBeLessThan(0)
  expect(compareSequences(newer, older)).toBeGreaterThan(0)
})

test('leading zeros are no difference', () => {
  expect(compareSequences('007', '7')).toBe(0)
})

test('stamps have one order, however many there are', () => {
  const stamp = fc.record({
    sequence: fc.oneof(fc.nat(20).map(String), fc.constantFrom('01', 'a', 'b', '00', '0a')),
    time: fc.constantFrom('1', '2'),
    source: fc.constantFrom('/a', '/b'),
    id: fc.constantFrom('x', 'y'),
  })
  fc.assert(
    fc.property(stamp, stamp, stamp, (one, other, third) => {
      expect(Math.sign(compareStamps(one, other))).toBe(-Math.sign(compareStamps(other, one)) || 0)
      if (compareStamps(one, other) <= 0 && compareStamps(other, third) <= 0)
        expect(compareStamps(one, third)).toBeLessThanOrEqual(0)
    }),
  )
})

test.each([
  ['2026-03-04T10:00:00Z', '2026-03-04T10:00:00.000000000Z'],
  ['2026-03-04t10:00:00.5z', '2026-03-04T10:00:00.500000000Z'],
  ['2026-03-04T00:30:00.000000001+05:30', '2026-03-03T19:00:00.000000001Z'],
])('%s is %s', (text, stamped) => {
  expect(stampTime(text)).toBe(stamped)
})

test.each(['', '2026-03-04', '2026-03-04 10:00:00Z', '2026-02-30T10:00:00', '1969-12-31T23:59:59Z', '10:00'])(
  '%j is no time',
  (text) => {
    expect(stampTime(text)).toBeNull()
  },
)
