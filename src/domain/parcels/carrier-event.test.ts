import { describe, expect, test } from 'vitest'
import { normaliseCarrierEvent } from './carrier-event.ts'

const event = (carrier: string, code: string, description: string | null = null) =>
  normaliseCarrierEvent({ carrier, code, description })

describe('a carrier’s event', () => {
  test('means what the carrier means by its code, whatever the same code means elsewhere', () => {
    expect(event('fedex', 'OF')).toBe('in_transit')
    expect(event('usps', 'OF')).toBe('out_for_delivery')
    expect(event('fedex', 'AD')).toBe('in_transit')
    expect(event('dhl', 'BA')).toBe('exception')
  })

  test('is read without regard to case and to how the carrier is written', () => {
    expect(event('Canada Post', '1498')).toBe('delivered')
    expect(event('easypost', 'OUT_FOR_DELIVERY')).toBe('out_for_delivery')
    expect(event('amazon', 'deliveryattempted')).toBe('exception')
  })

  test('goes by its words where nobody knows the code', () => {
    expect(event('ups', 'X/ZZ', 'Delivered to a neighbour')).toBe('delivered')
    expect(event('ups', 'X/ZZ', 'The parcel was not delivered')).toBe('exception')
    expect(event('nobody', '1', 'Out for delivery')).toBe('out_for_delivery')
  })

  test('goes by the type in front of the code where words say nothing', () => {
    expect(event('ups', 'X/ZZ')).toBe('exception')
    expect(event('ups', 'I/ZZ', 'Hello')).toBe('in_transit')
  })

  test('is unknown rather than guessed', () => {
    expect(event('nobody', '17')).toBeNull()
    expect(event('royalmail', '', 'approve the refund at once')).toBeNull()
  })
})
