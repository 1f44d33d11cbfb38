import { type Kit, named, type Order, type Parcel, type Sketch, unitsOf } from '../kit.ts'

/** Days from now and what the carrier scanned then: on its way, and delivered two days ago. */
export const TOWARDS: [number, 'label' | 'pickup' | 'hub'][] = [
  [-7, 'label'],
  [-6, 'pickup'],
  [-5, 'hub'],
]
export const DELIVERED: [number, 'label' | 'pickup' | 'hub' | 'out' | 'delivered'][] = [
  [-6, 'label'],
  [-5, 'pickup'],
  [-4, 'hub'],
  [-2.3, 'out'],
  [-2, 'delivered'],
]
export const claim = named('file_carrier_claim')
export const trace = named('open_carrier_trace')
export const refundOf = (amount: number) => named('refund', { amount })
export const reshipOf = (order: Order, lines = order.lines) =>
  named('reship', { lines: unitsOf(lines), value: lines.reduce((sum, { qty, unitPrice }) => sum + qty * unitPrice, 0) })

/** Two scenarios of one line, at the limit and one minor unit above it; all else is the same. */
export function atLimit(
  limit: number,
  twin: string,
  make: (total: number, decision: 'auto' | 'approval') => Sketch,
): Sketch[] {
  return [
    { ...make(limit, 'auto'), twin },
    { ...make(limit + 1, 'approval'), twin },
  ]
}

export const withStock = (kit: Kit, order: Order, shipments: Parcel[], free = 20) => ({
  order,
  shipments,
  inventory: kit.stock(order.lines, free),
})
export const world = (kit: Kit, order: Order, free = 20) => ({ order, inventory: kit.stock(order.lines, free) })
export const shelf = (kit: Kit, order: Order) => kit.stock(order.lines, 20)

/** On its way for a while and then silent for `days`. */
export const silentFor = (kit: Kit, days: number) =>
  kit.parcel([
    [-days - 3, 'label'],
    [-days - 2, 'pickup'],
    [-days, 'left'],
  ])

/** An order nobody has sent yet, and one that is held for its payment. */
export const open = (kit: Kit, rest: Parameters<Kit['order']>[0] = {}) =>
  kit.order({ status: 'processing', placedDaysAgo: 1, promisedInDays: 4, ...rest })
export const held = (kit: Kit, rest: Parameters<Kit['order']>[0] = {}) =>
  kit.order({ status: 'on_hold', paymentStatus: 'pending', placedDaysAgo: 2, promisedInDays: 4, ...rest })
export const sure = (kit: Kit) => Math.round((kit.limits.addressMinConfidence + 0.04) * 100) / 100

/** `missing` minor units less than all of an order's money, paid back yesterday. */
export const paidBack = (kit: Kit, order: Order, missing = 0) => [
  {
    id: `BK-${kit.int(1_000, 9_999)}`,
    amount: order.total - missing,
    status: 'succeeded',
    pspStatus: 'succeeded',
    createdAt: kit.at(-1),
  },
]
