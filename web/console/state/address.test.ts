import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressOf, placeOf, SHOWS } from './address.ts'

const at = (address: string) => new URL(address, 'https://help.shop.example')

describe('the address', () => {
  test('says every place, and every place is read from it again', () => {
    const place = fc.record({
      show: fc.constantFrom(...SHOWS),
      handoff: fc.option(fc.string({ minLength: 1 }), { nil: null }),
    })
    fc.assert(
      fc.property(place, (place) => {
        expect(placeOf(at(addressOf(place)))).toEqual(place)
      }),
    )
  })
  test('of anything unknown is the open queue', () => {
    expect(placeOf(at('/console?show=everything'))).toEqual({ show: 'open', handoff: null })
  })
})
