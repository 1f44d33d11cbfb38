import type { OrderFile } from '#db/commerce/order-files.port.ts'
import { newestEvent, type Shipment } from '#domain/order.ts'
import { newestSign } from '#domain/parcels/parcel-signs.ts'

const MOVING = new Set(['in_transit', 'out_for_delivery', 'delivered'])
const NOT_HANDED_OVER = new Set(['preparing', 'label_created', 'cancelled'])
const SENT = new Set(['shipped', 'delivered'])

/** Where a newest scan tells that the parcel is back or stuck, whatever the carrier's summary still says. */
const HALTED: ReadonlySet<string> = new Set(['back_with_us', 'address_problem'])

/** On its way or there: nobody can turn it round by changing a field. */
export function isUnderWay(parcel: Shipment): boolean {
  return MOVING.has(parcel.status) && !HALTED.has(newestSign(parcel)?.meaning ?? '')
}

/** Whether any parcel of the order was ever handed to a carrier. */
export function wasSent({ order, parcels }: OrderFile): boolean {
  return SENT.has(order.status) || parcels.some(({ status }) => !NOT_HANDED_OVER.has(status))
}

/** The parcel of that id; without one the one last heard of. */
export function parcelOf({ parcels }: OrderFile, id: string | null): Shipment | null {
  if (id !== null) return parcels.find((parcel) => parcel.id === id || parcel.tracking === id) ?? null
  return parcels.reduce<Shipment | null>(
    (best, parcel) => (best && heardOf(best) >= heardOf(parcel) ? best : parcel),
    null,
  )
}

function heardOf(parcel: Shipment): string {
  return newestEvent(parcel)?.at ?? ''
}
