import type { LineQuantity, Order, PostalAddress, Shipment } from '../order.ts'
import { isDelivered, isHandedOver } from '../parcels/parcel-signs.ts'
import { timeOf } from '../time/calendar.ts'
import { readAddress } from './facts.ts'
import { sameAddress } from './same-address.ts'

/** What a customer may ask to be done to an order of theirs. It is data of a case; whether it is done, facts and policy decide. */
export type CustomerRequest =
  | { kind: 'cancel' }
  | { kind: 'address'; address: PostalAddress }
  /** Units taken off before anything is sent. */
  | { kind: 'remove_items'; items: LineQuantity[] }
  /** A link by which the customer pays another way; only while the order is unpaid. */
  | { kind: 'payment' }
  /** Units that arrived, to be sent back for their money. */
  | { kind: 'return'; items: LineQuantity[] }
export type RequestKind = CustomerRequest['kind']
export const REQUEST_KINDS = ['cancel', 'address', 'remove_items', 'payment', 'return'] as const satisfies RequestKind[]

/** Why an order does not allow what was asked. */
export type RequestRefusal =
  | 'already_cancelled'
  | 'already_shipped'
  | 'already_delivered'
  | 'already_so'
  | 'not_arrived'
  | 'returning_already'
  | 'paid_already'
  | 'unknown_items'

const CANCELLED = new Set(['cancelled', 'canceled', 'refunded', 'returned'])
const SENT = new Set([
  'shipped',
  'partially_shipped',
  'in_transit',
  'out_for_delivery',
  'ready_for_pickup',
  'delivered',
])
const UNPAID = new Set(['pending', 'failed', 'declined', 'unpaid', 'expired'])

/**
 * Whether the order's own state allows the request; null: it does. Changes are for what no carrier has yet: what left the house
 * cannot be called back by changing a field. A return is for what has arrived, once an order. Pure.
 */
export function refusalOf(
  kind: RequestKind,
  order: Order,
  parcels: Shipment[] = order.shipments,
): RequestRefusal | null {
  if (CANCELLED.has(order.status)) return 'already_cancelled'
  if (kind === 'return') {
    if (order.returning || order.status === 'return_requested') return 'returning_already'
    return isArrived(order, parcels) ? null : 'not_arrived'
  }
  if (isArrived(order, parcels)) return 'already_delivered'
  if (SENT.has(order.status) || parcels.some(isHandedOver)) return 'already_shipped'
  return kind === 'payment' && !UNPAID.has(order.paymentStatus) ? 'paid_already' : null
}

/** What of the request itself does not fit the order, once its kind is allowed; null: it fits. */
export function misfitOf(request: CustomerRequest, order: Order): RequestRefusal | null {
  if (request.kind === 'address') return sameAddress(request.address, order.shippingAddress) ? 'already_so' : null
  if (request.kind !== 'remove_items' && request.kind !== 'return') return null
  const left = new Map<string, number>()
  for (const { sku, qty } of order.lines) left.set(sku, (left.get(sku) ?? 0) + qty)
  for (const { sku, qty } of request.items) left.set(sku, (left.get(sku) ?? 0) - qty)
  return request.items.length === 0 || [...left.values()].some((count) => count < 0) ? 'unknown_items' : null
}

/** When the last parcel arrived, ISO 8601; null while it has not, or nobody knows when. */
export function arrivedAt({ shipments }: Order): string | null {
  const newest = shipments
    .flatMap(({ events }) => events.map(({ at }) => at))
    .sort((one, other) => timeOf(one) - timeOf(other))
  return shipments.length > 0 && shipments.every(isDelivered) ? (newest.at(-1) ?? null) : null
}

export function isRequestKind(text: unknown): text is RequestKind {
  return (REQUEST_KINDS as readonly unknown[]).includes(text)
}

/** A stored request read back; null where it is none. */
export function readRequest(value: unknown): CustomerRequest | null {
  if (typeof value !== 'object' || value === null) return null
  const { kind, address, items } = value as Record<string, unknown>
  if (kind === 'cancel' || kind === 'payment') return { kind }
  if (kind === 'address') {
    const read = readAddress(address)
    return read && { kind, address: read }
  }
  if (kind !== 'remove_items' && kind !== 'return') return null
  const units = Array.isArray(items) ? items.map(readUnits) : []
  const known = units.filter((one) => one !== null)
  return known.length > 0 && known.length === units.length ? { kind, items: known } : null
}

/** Units whose kinds an order has are taken off with their whole sum; see `misfitOf`. Minor units of the order's currency. */
export function worthOf(items: LineQuantity[], { lines }: Order): number {
  return items.reduce((sum, { sku, qty }) => sum + qty * (lines.find((line) => line.sku === sku)?.unitPrice ?? 0), 0)
}

function readUnits(value: unknown): LineQuantity | null {
  const { sku, qty } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  if (typeof sku !== 'string' || sku === '' || sku.length > 200) return null
  return typeof qty === 'number' && Number.isSafeInteger(qty) && qty > 0 ? { sku, qty } : null
}

const isArrived = ({ status }: Order, parcels: Shipment[]) =>
  status === 'delivered' || (parcels.length > 0 && parcels.every(isDelivered))
