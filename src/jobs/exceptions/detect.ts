import type { ExceptionType } from '#domain/exceptions/exception-type.ts'
import type { ShopLimits } from '#domain/exceptions/limits.ts'
import type { Order, PaymentState, Shipment, StockAt } from '#domain/order.ts'
import { isDelivered, isHandedOver, newestSign, parcelInQuestion } from '#domain/parcels/parcel-signs.ts'
import { calendarDays, minutesApart, timeOf, wholeDays } from '#domain/time/calendar.ts'

/** An order with everything around it that may be wrong. */
export type WatchedOrder = {
  order: Omit<Order, 'shipments'>
  parcels: Shipment[]
  payment: PaymentState | null
  stock: StockAt[]
}
/** Something wrong that nobody reported. `data` is what was measured. */
export type Suspicion = { order: Order['id']; type: ExceptionType; detail: string; data: Record<string, unknown> }
/** Hours an order may be held before somebody should look. */
const HELD_HOURS = 12

/** What is wrong with one order by its own records, by the shop's limits. Pure. */
export function suspicionsOf(
  watched: WatchedOrder,
  limits: ShopLimits,
  pickingLocation: string,
  now: string,
): Suspicion[] {
  const { order } = watched
  if (order.status === 'cancelled') return []
  const found = [
    ...ofParcels(watched, limits, now),
    ...ofShelf(watched, pickingLocation),
    ...ofHold(watched, now),
    ...ofRefunds(watched, limits, now),
  ]
  return found.map((suspicion) => ({ order: order.id, ...suspicion }))
}

/** Orders that repeat an earlier one of the same customer within the shop's window. Pure. */
export function repeatedOrders(orders: Omit<Order, 'shipments'>[], limits: ShopLimits): Suspicion[] {
  const live = orders.filter(({ status }) => status === 'processing' || status === 'on_hold')
  return live.flatMap((order) => {
    const twin = orders.find(
      (other) =>
        other.id !== order.id &&
        other.status !== 'cancelled' &&
        other.customer.id === order.customer.id &&
        timeOf(other.placedAt) <= timeOf(order.placedAt) &&
        (other.placedAt !== order.placedAt || other.id < order.id) &&
        minutesApart(other.placedAt, order.placedAt) <= limits.duplicateWindowMinutes &&
        basketOf(other) === basketOf(order),
    )
    return twin
      ? [
          {
            order: order.id,
            type: 'duplicate_order' as const,
            detail: `The same basket as ${twin.id}, shortly after it.`,
            data: { other: twin.id },
          },
        ]
      : []
  })
}

type Found = Omit<Suspicion, 'order'>

function ofParcels({ order, parcels }: WatchedOrder, limits: ShopLimits, now: string): Found[] {
  if (parcels.length === 0 || parcels.every(isDelivered)) return []
  const parcel = parcelInQuestion(parcels, {
    type: 'carrier_delay',
    detectedAt: now,
    source: 'monitor',
    detail: '',
    data: {},
  })
  const newest = parcel && newestSign(parcel)
  if (!parcel || !newest || !isHandedOver(parcel)) return []
  const about = { shipmentId: parcel.id }
  const silence = wholeDays(newest.event.at, now)
  if (newest.meaning === 'back_with_us')
    return [{ type: 'return_to_sender', detail: 'The parcel is back on the dock.', data: about }]
  if (newest.meaning === 'returning')
    return [{ type: 'return_to_sender', detail: 'The parcel is on its way back.', data: about }]
  if (newest.meaning === 'damaged')
    return [{ type: 'damaged_in_transit', detail: 'The carrier recorded damage.', data: about }]
  if (newest.meaning === 'address_problem')
    return [{ type: 'carrier_exception_address', detail: 'The carrier cannot find the address.', data: about }]
  if (newest.meaning === 'lost' || silence >= limits.lostAfterDays)
    return [{ type: 'lost_in_transit', detail: `No scan for ${silence} days.`, data: { ...about, silence } }]
  const isPast = timeOf(order.promisedBy) < timeOf(now)
  const isComingLate = parcel.eta !== undefined && calendarDays(order.promisedBy, parcel.eta) > 0
  return isPast || isComingLate ? [{ type: 'carrier_delay', detail: 'Promised and not delivered.', data: about }] : []
}

function ofShelf({ order, parcels, stock }: WatchedOrder, pickingLocation: string): Found[] {
  if (order.status !== 'processing' || parcels.some(isHandedOver)) return []
  const short = order.lines.find(({ sku, qty, backorderedUntil, location }) => {
    if (backorderedUntil !== undefined) return false
    const place = stock.find((row) => row.sku === sku && row.location === (location ?? pickingLocation))
    return place !== undefined && place.onHand < qty
  })
  return short
    ? [
        {
          type: 'out_of_stock_open_order',
          detail: `Fewer ${short.sku} on the shelf than ordered.`,
          data: { sku: short.sku },
        },
      ]
    : []
}

function ofHold({ order, payment }: WatchedOrder, now: string): Found[] {
  if (order.status !== 'on_hold' || minutesApart(order.placedAt, now) < HELD_HOURS * 60) return []
  if ((order.riskSignals ?? []).length > 0 || order.holdReason === 'fraud')
    return [{ type: 'fraud_hold', detail: `Held for more than ${HELD_HOURS} hours.`, data: {} }]
  const declined = payment?.attempts.filter(({ status }) => status !== 'authorized') ?? []
  const last = declined.at(-1)
  if (!last) return []
  const data = { attempts: declined.length, decline: last.decline ?? 'unknown', heldSince: declined[0]?.at ?? last.at }
  return [{ type: 'payment_hold', detail: `Unpaid and held for more than ${HELD_HOURS} hours.`, data }]
}

function ofRefunds({ order, payment }: WatchedOrder, limits: ShopLimits, now: string): Found[] {
  const said = new Map(payment?.refunds.map(({ id, status }) => [id, status]))
  const overdue = [...order.refunds, ...(payment?.refunds ?? [])].find(
    ({ id, status, createdAt }) =>
      (said.get(id) === 'failed' && status === 'pending') ||
      ((said.get(id) ?? status) === 'pending' && wholeDays(createdAt, now) > limits.refundOverdueDays),
  )
  return overdue
    ? [{ type: 'refund_pending_too_long', detail: 'A refund takes too long.', data: { refundId: overdue.id } }]
    : []
}

const basketOf = ({ lines, shippingAddress: { line1, postalCode, country } }: Omit<Order, 'shipments'>) =>
  [...lines.map(({ sku, qty }) => `${qty} ${sku}`).sort(), line1, postalCode, country].join('\n')
