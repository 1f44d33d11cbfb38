import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newestEvent, type Shipment } from '#domain/order.ts'
import { parcel } from '../../../test/fixtures/order-builder.ts'
import { merged } from './parcels.ts'

const event = (at: string, code: string) => ({ at, code, description: code })

test('puts late events in their place and repeated ones away', () => {
  const events = [
    event('2026-03-03T10:00:00Z', 'ARR'),
    event('2026-03-05T10:00:00Z', 'DEL'),
    event('2026-03-04T10:00:00.000Z', 'OFD'),
    event('2026-03-05T10:00:00.000Z', 'DEL'),
  ]
  expect(merged(parcel({ events })).events.map(({ code }) => code)).toEqual(['ARR', 'OFD', 'DEL'])
})

test('compares instants, not texts', () => {
  const events = [event('2026-03-05T10:30:00+02:00', 'EARLY'), event('2026-03-05T09:00:00Z', 'LATE')]
  expect(merged(parcel({ events })).events.at(-1)?.code).toBe('LATE')
})

test('a time nobody can read says nothing of where the parcel is', () => {
  const events = [event('2026-03-05T10:30:00Z', 'DEL'), event('soon', 'LOST')]
  expect(merged(parcel({ events })).events.at(-1)?.code).toBe('DEL')
})

test('ends with the same event whatever order and however often they come', () => {
  const events = parcel().events
  fc.assert(
    fc.property(fc.shuffledSubarray([...events, ...events], { minLength: 4 }), (some) => {
      const one: Shipment = merged(parcel({ events: some }))
      expect(one.events).toEqual(events)
      expect(newestEvent(one)).toEqual(events.at(-1))
    }),
  )
})
