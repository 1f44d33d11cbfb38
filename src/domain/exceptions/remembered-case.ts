import type {
  CustomerHistory,
  LineQuantity,
  ListPrice,
  Order,
  OrderLine,
  PostalAddress,
  Refund,
  StockAt,
} from '../order.ts'
import type { ExceptionType } from './exception-type.ts'
import type { ShopLimits } from './limits.ts'

export type RememberedParcel = {
  id: string
  carrier: string
  trackingNumber: string
  status: string
  eta?: string
  events: { at: string; code: string; description: string; location?: string }[]
  lines?: LineQuantity[]
  proofOfDelivery?: { signedBy: string }
  replaces?: string
}
export type RememberedOrder = Pick<
  Order,
  'placedAt' | 'currency' | 'status' | 'paymentStatus' | 'total' | 'shippingMethod' | 'promisedBy'
> & {
  id: string
  customer: Omit<CustomerHistory, 'id'> & { id: string }
  lines: Pick<OrderLine, 'sku' | 'name' | 'qty' | 'unitPrice'>[]
  shippingAddress: PostalAddress
  refunds: Pick<Refund, 'id' | 'amount' | 'status' | 'pspStatus' | 'createdAt' | 'sku'>[]
  riskSignals?: string[]
  holdReason?: string
}

/**
 * A case as it was looked at, without anybody in it: names, streets, towns and ids of people, orders and parcels are numbered words,
 * the same word for the same thing, so that every rule still says what it said. The shape of an evaluation scenario's world; its
 * `policy` are the shop's limits. Plain JSON.
 */
export type RememberedCase = {
  world: {
    now: string
    order: RememberedOrder
    shipments: RememberedParcel[]
    inventory: StockAt[]
    relatedOrders: RememberedOrder[]
    priceList: ListPrice[]
    policy: ShopLimits
  }
  exception: {
    type: ExceptionType
    detectedAt: string
    source: string
    detail: string
    data: Record<string, unknown>
  }
}
