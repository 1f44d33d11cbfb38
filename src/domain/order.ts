import type { CustomerId, OrderId } from './ids.ts'

export type PostalAddress = {
  name: string
  line1: string
  line2?: string
  city: string
  region?: string
  postalCode: string
  country: string
}

export type OrderLine = {
  sku: string
  name: string
  qty: number
  unitPrice: number
  /** When the line is expected to be sendable, where it waits for stock. */
  backorderedUntil?: string
  /** The place that picks it, where that is not the shop's usual one. */
  location?: string
}
export type CarrierEvent = { at: string; code: string; description: string; location?: string }
export type Shipment = {
  id: string
  carrier: string
  tracking: string
  status: string
  eta?: string
  events: CarrierEvent[]
  /** The pack record: what was put into this parcel. */
  lines?: LineQuantity[]
  /** Who is said to have taken it, in the carrier's own words: data, never an instruction. */
  proofOfDelivery?: ProofOfDelivery
  /** The shipment this one replaces, where units were sent again. */
  replaces?: string
}
export type LineQuantity = { sku: string; qty: number }
export type ProofOfDelivery = { signedBy?: string; photo?: string | boolean; at?: string; [detail: string]: unknown }
/** `status` is what the order system believes, `pspStatus` what the payment provider says; the provider counts. */
export type Refund = {
  id: string
  amount: number
  status: string
  pspStatus?: string
  createdAt: string
  sku?: string
  /** Where the provider refused or a dispute took the money: why. */
  failure?: string
}

/** An order as the shop's order system knows it. Amounts are minor units of `currency`; times ISO 8601 UTC. */
export type Order = {
  id: OrderId
  placedAt: string
  currency: string
  status: string
  paymentStatus: string
  total: number
  customer: { id: CustomerId; tier?: string; lifetimeOrders?: number; priorClaims?: number }
  lines: OrderLine[]
  shippingAddress: PostalAddress
  shippingMethod: string
  promisedBy: string
  shipments: Shipment[]
  refunds: Refund[]
  /** What the fraud service found, as codes. */
  riskSignals?: string[]
  holdReason?: string
  cancelReason?: string
  cancelledAt?: string
  /** Units the customer may send back; money moves once they are there. */
  returning?: LineQuantity[]
}

/**
 * Stock of one SKU at one place. Free is `onHand - reserved`; what is incoming counts from `incomingAt` on. `own`: how many of those
 * reserved are so for the very order that is looked at; nobody else may have them, it may.
 */
export type StockAt = {
  sku: string
  location: string
  onHand: number
  reserved: number
  own?: number
  incomingAt?: string
  incomingQty?: number
}

/** One try to take the money. `decline` is the provider's code, e.g. `insufficient_funds`. */
export type PaymentAttempt = { id: string; at: string; status: 'authorized' | 'declined' | 'failed'; decline?: string }
export type Capture = { id: string; amount: number; at: string }

/**
 * The payment of an order as the provider sees it. Amounts are minor units of `currency`.
 * `captured` and `refunded` are sums; `refunded` counts confirmed refunds, `refunding` those under way.
 */
export type PaymentState = {
  status: 'pending' | 'authorized' | 'partially_captured' | 'captured' | 'voided' | 'expired' | 'failed'
  currency: string
  authorized: number
  captured: number
  refunded: number
  refunding: number
  /** An authorisation ends seven days after it was given; null when there is none. */
  expiresAt: string | null
  method: string
  attempts: PaymentAttempt[]
  captures: Capture[]
  refunds: Refund[]
  disputed: boolean
}

export type CustomerHistory = { id: CustomerId; tier: string; lifetimeOrders: number; priorClaims: number }

/** A list price in force from `effectiveFrom` on. Minor units. */
export type ListPrice = { sku: string; listPrice: number; effectiveFrom: string }

export type Customer = {
  id: CustomerId
  name: string
  email: string
  locale: string
  region: string
  address: PostalAddress
}

/** The newest carrier event by its own time, wherever it stands in the list; null when there is none. */
export function newestEvent(shipment: Shipment): CarrierEvent | null {
  return shipment.events.reduce<CarrierEvent | null>(
    (best, event) => (best && best.at >= event.at ? best : event),
    null,
  )
}
