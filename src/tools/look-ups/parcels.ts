import type { CarrierSystem } from '#commerce/carrier-system.port.ts'
import type { CarrierEvent, Shipment } from '#domain/order.ts'
import type { CaseLookUps } from '../case-look-ups.port.ts'
import { answered, type LookUpParts } from './answered.ts'

/** The order's parcels with their events merged. */
export function lookUpParcels(carriers: Pick<CarrierSystem, 'parcels'>, parts: LookUpParts): CaseLookUps['parcels'] {
  return (shop, id, signal) =>
    answered(
      parts,
      'carriers',
      async (deadline) => {
        const { value, version } = await carriers.parcels(shop, id, deadline)
        return { value: value.map(merged), version }
      },
      signal,
    )
}

/**
 * Events come late, repeated and out of order: each once, oldest first by its own time, so that the last one counts. Of events
 * of one instant the one that came later stands later.
 */
export function merged(shipment: Shipment): Shipment {
  const once = new Map<string, CarrierEvent>()
  for (const event of shipment.events) {
    const { at, code, description, location } = event
    const known = JSON.stringify([instant(at), code, description, location ?? null])
    if (!once.has(known)) once.set(known, event)
  }
  const events = [...once.values()]
    .map((event, place) => ({ event, place }))
    .sort((one, other) => instant(one.event.at) - instant(other.event.at) || one.place - other.place)
    .map(({ event }) => event)
  return { ...shipment, events }
}

/** A time nobody can read counts as the oldest: it must not decide where a parcel is. */
function instant(at: string): number {
  const time = Date.parse(at)
  return Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time
}
