import { isDeepStrictEqual } from 'node:util'
import type { OrderFile, OrderRecord } from '#db/commerce/order-files.port.ts'
import type { Shipment, StockAt } from '#domain/order.ts'

/** What an effect changed, field by field. Plain JSON, since it is stored; a field that was not there is left out. */
export type Patch = {
  order: FieldChange[]
  addedParcels: Shipment[]
  addedRecords: OrderRecord[]
  removedRecords: OrderRecord[]
  stock: { sku: string; location: string; onHand: number; reserved: number }[]
}
type FieldChange = { field: string; before?: unknown; after?: unknown }

/** The difference between two files of one order. Payments are not in it: money is never taken back like a note. */
export function patchOf(before: OrderFile, after: OrderFile): Patch {
  const [old, now] = [before.order, after.order] as unknown as Record<string, unknown>[]
  const fields = [...new Set([...Object.keys(old ?? {}), ...Object.keys(now ?? {})])]
  return {
    order: fields
      .filter((field) => !isDeepStrictEqual(old?.[field], now?.[field]))
      .map((field) => ({ field, before: old?.[field], after: now?.[field] })),
    addedParcels: after.parcels.filter(({ id }) => !before.parcels.some((parcel) => parcel.id === id)),
    addedRecords: after.records.filter(({ id }) => !before.records.some((record) => record.id === id)),
    removedRecords: before.records.filter(({ id }) => !after.records.some((record) => record.id === id)),
    stock: after.stock.flatMap((place, at) => {
      const difference = stockDifference(before.stock[at], place)
      return difference ? [difference] : []
    }),
  }
}

/** The file with the patch taken back; null where something has built on it since. Stock is given back as units, not as it stood. */
export function reversed(file: OrderFile, patch: Patch): OrderFile | null {
  const current = file.order as unknown as Record<string, unknown>
  if (patch.order.some(({ field, after }) => !isDeepStrictEqual(current[field], after))) return null
  const isThere = (list: { id: string }[], thing: { id: string }) =>
    list.some((other) => other.id === thing.id && isDeepStrictEqual(other, thing))
  if (patch.addedParcels.some((parcel) => !isThere(file.parcels, parcel))) return null
  if (patch.addedRecords.some((record) => !isThere(file.records, record))) return null
  const isKnown = (moved: Patch['stock'][number]) =>
    file.stock.some(({ sku, location }) => sku === moved.sku && location === moved.location)
  if (!patch.stock.every(isKnown)) return null
  const stock = file.stock.map((place) => givenBack(place, patch))
  const isImpossible = ({ onHand, reserved }: StockAt, at: number) =>
    onHand < 0 || reserved < 0 || (reserved > onHand && reserved > (file.stock[at]?.reserved ?? 0))
  if (stock.some(isImpossible)) return null
  const order = { ...current }
  for (const { field, before } of patch.order)
    if (before === undefined) delete order[field]
    else order[field] = before
  return {
    ...file,
    order: order as unknown as OrderFile['order'],
    parcels: without(file.parcels, patch.addedParcels),
    records: [...without(file.records, patch.addedRecords), ...patch.removedRecords],
    stock,
  }
}

function stockDifference(before: StockAt | undefined, after: StockAt): Patch['stock'][number] | null {
  const onHand = after.onHand - (before?.onHand ?? 0)
  const reserved = after.reserved - (before?.reserved ?? 0)
  return onHand === 0 && reserved === 0 ? null : { sku: after.sku, location: after.location, onHand, reserved }
}

function givenBack(place: StockAt, { stock }: Patch): StockAt {
  const moved = stock.find(({ sku, location }) => sku === place.sku && location === place.location)
  return moved ? { ...place, onHand: place.onHand - moved.onHand, reserved: place.reserved - moved.reserved } : place
}

function without<Thing extends { id: string }>(list: Thing[], gone: Thing[]): Thing[] {
  return list.filter(({ id }) => !gone.some((thing) => thing.id === id))
}
