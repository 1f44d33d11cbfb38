import type { CustomerId, OrderId, ShopId } from '#domain/ids.ts'
import type { Customer, Order } from '#domain/order.ts'

/** The shop's order system, as far as looking up goes. Throws Fault retryable `commerce.orders.unreachable`. */
export type OrderSystem = {
  /** The order as it is now; null when there is none of that id. Ids are compared as shoppers type them: case and a leading `#` do not matter. */
  order(shop: ShopId, id: OrderId, signal: AbortSignal): Promise<Order | null>
  /** Newest first. */
  ordersOf(shop: ShopId, customer: CustomerId, limit: number, signal: AbortSignal): Promise<Order[]>
  customer(shop: ShopId, id: CustomerId, signal: AbortSignal): Promise<Customer | null>
}
