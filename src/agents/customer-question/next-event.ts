import type { OrderCard } from '#domain/answer.ts'
import type { Order, Shipment } from '#domain/order.ts'
import type { Language } from '#rag/understand/understanding.port.ts'
import { type Awaited, awaitedText } from './phrases.ts'

const PAID = ['authorized', 'captured', 'paid']
const NOTHING_MORE = ['delivered', 'cancelled', 'canceled', 'returned', 'refunded']

/**
 * Which of both is the state to tell: the parcel's is the newer one while it travels, but a parcel that arrived says nothing
 * of what was sent back, refunded or is still to be sent.
 */
export function stateOf(order: Order, shipment: Shipment | null): string {
  if (!shipment || ['cancelled', 'canceled', 'returned', 'refunded', 'return_requested'].includes(order.status))
    return order.status
  if (shipment.status === 'delivered' && order.status === 'partially_shipped') return order.status
  if (shipment.status === 'in_transit' && order.status === 'delayed') return order.status
  return shipment.status
}

/**
 * What should happen next to an order, from its typed state alone; null when nothing is awaited or nobody can tell. `by` is
 * the carrier's or the shop's own date, left out once it has passed at `at` (ISO 8601 UTC).
 */
export function nextExpected(
  order: Order,
  shipment: Shipment | null,
  at: string,
  language: Language,
): OrderCard['nextExpected'] {
  const what = awaited(order, stateOf(order, shipment))
  if (!what) return null
  const dates: Partial<Record<Awaited, string | undefined>> = {
    delivery: shipment?.eta ?? order.promisedBy,
    delivery_today: shipment?.eta,
    rest: order.promisedBy,
  }
  const by = dates[what]
  return { what: awaitedText(language, what), by: by !== undefined && Date.parse(by) >= Date.parse(at) ? by : null }
}

function awaited(order: Order, state: string): Awaited | null {
  const refund = order.paymentStatus === 'refund_pending' || order.refunds.some(({ status }) => status === 'pending')
  if (refund && NOTHING_MORE.includes(state)) return 'refund'
  if (state === 'pending' && PAID.includes(order.paymentStatus)) return 'dispatch'
  return AWAITED[state] ?? null
}

// Not listed, nothing is promised: a lost parcel, an order on hold for a reason we do not know, a state of the shop's own.
const AWAITED: Record<string, Awaited> = {
  pending: 'payment',
  payment_hold: 'payment',
  processing: 'dispatch',
  allocated: 'dispatch',
  partially_shipped: 'rest',
  shipped: 'delivery',
  in_transit: 'delivery',
  delayed: 'delivery',
  out_for_delivery: 'delivery_today',
  ready_for_pickup: 'pickup',
  exception: 'carrier_news',
  return_to_sender: 'back_with_us',
}
