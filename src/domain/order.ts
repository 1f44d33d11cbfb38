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

export type OrderLine = { sku: string; name: string; qty: number; unitPrice: number }
export type CarrierEvent = { at: string; code: string; description: string; location?: string }
export type Shipment = {
  id: string
  carrier: string
  tracking: string
  status: string
  eta?: string
  events: CarrierEvent[]
  lines?: { sku: string; qty: number }[]
}
export type Refund = { id: string; amount: number; status: string; createdAt: string; sku?: string }

/** An order as the shop's order system knows it. Amounts are minor units of `currency`; times ISO 8601 UTC. */
export type Order = {
  id: OrderId
  placedAt: string
  currency: string
  status: string
  paymentStatus: string
  total: number
  customer: { id: CustomerId }
  lines: OrderLine[]
  shippingAddress: PostalAddress
  shippingMethod: string
  promisedBy: string
  shipments: Shipment[]
  refunds: Refund[]
}

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
