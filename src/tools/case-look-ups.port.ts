import type { OrderId, ShopId } from '#domain/ids.ts'
import type {
  CustomerHistory,
  ListPrice,
  Order,
  PaymentState,
  PostalAddress,
  Shipment,
  StockAt,
} from '#domain/order.ts'

/**
 * What a system said, when, and which version of its state that was. No answer is evidence too: `silent`, with a code and
 * no value. `observedAt` is ISO 8601 UTC by our clock: the moment the system said it, so its age is now minus that. `systemTime` is
 * what the system's own clock showed then, where it tells.
 */
export type Looked<Value> =
  | { outcome: 'known'; value: Value; source: string; observedAt: string; version: number | null; systemTime?: string }
  | { outcome: 'silent'; source: string; why: string; observedAt: string }

/** What an investigation may read. Each gives up after its own time and then answers `silent`; aborts pass through. */
export type CaseLookUps = {
  /** Source `orders`; null where there is no such order. */
  order(shop: ShopId, id: OrderId, signal: AbortSignal): Promise<Looked<Order | null>>
  /** Source `carriers`. Events merged: repeated ones once, oldest first by their own time, so the last one counts. */
  parcels(shop: ShopId, id: OrderId, signal: AbortSignal): Promise<Looked<Shipment[]>>
  /** Source `inventory`. Units reserved for order `id` itself are told apart (`own`). */
  stock(shop: ShopId, id: OrderId, skus: string[], signal: AbortSignal): Promise<Looked<StockAt[]>>
  /** Source `payments`; null where the provider knows no payment of the order. */
  payment(shop: ShopId, id: OrderId, signal: AbortSignal): Promise<Looked<PaymentState | null>>
  /** The customer of order `id`. Source `customers`. */
  customer(shop: ShopId, id: OrderId, signal: AbortSignal): Promise<Looked<CustomerHistory | null>>
  /** Other orders of the same customer, newest first. Source `orders`. */
  relatedOrders(shop: ShopId, id: OrderId, signal: AbortSignal): Promise<Looked<Order[]>>
  /** Source `prices`. */
  prices(shop: ShopId, skus: string[], signal: AbortSignal): Promise<Looked<ListPrice[]>>
  /** What is plain from an address alone; asks nobody. */
  checkAddress(address: PostalAddress): AddressCheck
}

/** What is plain from an address alone. `problems` are codes such as `postal_code_format`. */
export type AddressCheck = { usable: boolean; problems: string[]; normalised: PostalAddress }
