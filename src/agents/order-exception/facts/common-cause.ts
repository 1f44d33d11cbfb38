import type { Investigation } from '#domain/exceptions/facts.ts'
import { newestSign, parcelInQuestion } from '#domain/parcels/parcel-signs.ts'
import { shortLines } from '../signs/free-stock.ts'

/** What a case has in common with others that went wrong for the same reason. `key` is the same for all of them. */
export type CommonCause = { key: string; reason: string }

/** A hub or a carrier's day, a SKU, a provider's bad day; null where a case stands alone, or nothing is wrong any more. Pure. */
export function commonCause(investigation: Investigation): CommonCause | null {
  switch (investigation.exception.type) {
    case 'carrier_delay':
    case 'lost_in_transit':
    case 'damaged_in_transit':
    case 'return_to_sender':
      return ofParcel(investigation)
    case 'out_of_stock_open_order':
      return ofStock(investigation)
    case 'price_mismatch':
    case 'payment_hold':
      return ofReport(investigation)
    default:
      return null
  }
}

/** Where the parcel was last seen, and on which day; without a place, the carrier's day. */
function ofParcel({ facts, exception }: Investigation): CommonCause | null {
  if (facts.parcels?.outcome !== 'known') return null
  const parcel = parcelInQuestion(facts.parcels.value, exception)
  const newest = parcel && newestSign(parcel)
  if (!newest || newest.meaning === 'delivered' || newest.meaning === 'back_with_us') return null
  const day = newest.event.at.slice(0, 10)
  const { location } = newest.event
  const carrier = parcel.carrier.toUpperCase()
  if (!location) return { key: `carrier:${parcel.carrier} ${day}`, reason: `Parcels of ${carrier} last seen on ${day}` }
  return {
    key: `hub:${parcel.carrier} ${location} ${day}`,
    reason: `Parcels of ${carrier} last seen in ${location} on ${day}`,
  }
}

function ofStock({ facts, places }: Investigation): CommonCause | null {
  if (facts.stock?.outcome !== 'known' || facts.order?.outcome !== 'known') return null
  const stock = facts.stock.value
  const [short] = shortLines(facts.order.value?.lines ?? [], stock, places.pickingLocation)
  return short ? { key: `sku:${short.sku}`, reason: `${short.sku} is short at ${places.pickingLocation}` } : null
}

function ofReport({ exception: { type, data }, facts }: Investigation): CommonCause | null {
  if (type === 'payment_hold') {
    // Other declines are the customers' own; this one is the provider's.
    if (data.decline !== 'processor_unavailable' || typeof data.heldSince !== 'string') return null
    const day = data.heldSince.slice(0, 10)
    return { key: `payments:processor_unavailable ${day}`, reason: `The payment provider was away on ${day}` }
  }
  const lines = facts.order?.outcome === 'known' ? (facts.order.value?.lines ?? []) : []
  const [line] = lines
  return lines.length === 1 && line
    ? { key: `price:${line.sku}`, reason: `${line.sku} was sold at another price than listed` }
    : null
}
