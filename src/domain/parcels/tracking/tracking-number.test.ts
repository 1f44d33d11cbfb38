import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { recogniseTrackingNumber } from './tracking-number.ts'

const formats = (number: string) => recogniseTrackingNumber(number).map(({ format }) => format)

describe('a tracking number', () => {
  test.each([
    ['1Z5R89390357567127', 'ups'],
    ['RB 1234 5678 5 US', 's10'],
    ['0414 4176 0228 964', 'fedex_ground'],
    ['C11031500001879', 'ontrac_c'],
    ['0081 827 0998 0000 0200 45 327 276 N', 'dpd'],
    ['9405803699300124287899', 'usps_impb_n'],
    ['78045768393', 'old_dominion'],
    ['3318810025', 'dhl_express'],
  ])('%s is recognised', (number, format) => {
    expect(formats(number)).toContain(format)
    expect(formats(number.toLowerCase())).toContain(format)
  })

  test.each([
    ['1Z5R89390357567128', 'ups'],
    ['RB123456785XX', 's10'],
    ['0414 4176 0228 965', 'fedex_ground'],
    ['3318810010', 'dhl_express'],
  ])('%s is refused for its check digit or country', (number, format) => {
    expect(formats(number)).not.toContain(format)
  })

  test('with one digit changed is no number of the format any more: Luhn’s check digit catches each', () => {
    const number = '80003280379'
    const format = 'old_dominion_guaranteed_shipment'
    expect(formats(number)).toContain(format)
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 10 }), fc.integer({ min: 1, max: 9 }), (place, step) => {
        const changed = (Number(number[place]) + step) % 10
        return !formats(number.slice(0, place) + changed + number.slice(place + 1)).includes(format)
      }),
    )
  })

  test('of any length and content is answered at once, and never thrown at', () => {
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => Array.isArray(recogniseTrackingNumber(text))))
    expect(recogniseTrackingNumber('9'.repeat(100_000))).toEqual([])
  })
})
