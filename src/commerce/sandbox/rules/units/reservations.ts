import type { OrderFile, OrderRecord } from '#db/commerce/order-files.port.ts'
import type { LineQuantity, StockAt } from '#domain/order.ts'

type Reservation = Extract<OrderRecord, { kind: 'reservation' }>

/** Units that can be promised: what is there, less what is promised. */
export function freeAt({ onHand, reserved }: StockAt): number {
  return Math.max(0, onHand - reserved)
}

/** The file with units promised at a place. */
export function reserved(file: OrderFile, { sku, qty }: LineQuantity, location: string): OrderFile {
  return moved(file, sku, location, qty)
}

/** Gives back what the order had reserved for itself: all of it, or up to `qty` units of one SKU. Second parcels keep theirs. */
export function freed(file: OrderFile, part: LineQuantity | null): OrderFile {
  let left = part?.qty ?? Number.POSITIVE_INFINITY
  let after = file
  for (const record of file.records) {
    if (!isOwn(record) || (part !== null && record.sku !== part.sku) || left <= 0) continue
    const units = Math.min(left, record.qty)
    left -= units
    const rest = record.qty === units ? [] : [{ ...record, qty: record.qty - units }]
    after = moved(after, record.sku, record.location, -units)
    after = { ...after, records: after.records.flatMap((other) => (other.id === record.id ? rest : [other])) }
  }
  return after
}

function isOwn(record: OrderRecord): record is Reservation {
  return record.kind === 'reservation' && record.purpose === 'order'
}

function moved(file: OrderFile, sku: string, location: string, units: number): OrderFile {
  const stock = file.stock.map((place) =>
    place.sku === sku && place.location === location
      ? { ...place, reserved: Math.max(0, place.reserved + units) }
      : place,
  )
  return { ...file, stock }
}
