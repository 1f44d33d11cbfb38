import type { CustomerId, OrderId, ShopId } from '#domain/ids.ts'
import type { Customer, Order } from '#domain/order.ts'

/** The sandbox shop's stored world. */
export type SandboxWorld = {
  /** Puts customers and orders into the world in one transaction; those already there stay as they are. */
  add(shop: ShopId, world: { customers: Customer[]; orders: Order[] }, signal: AbortSignal): Promise<void>
  /** Ids are compared without a leading `#`, spaces and case, the way shoppers type them. */
  order(shop: ShopId, id: OrderId, signal: AbortSignal): Promise<Order | null>
  /** Newest first. */
  ordersOf(shop: ShopId, customer: CustomerId, limit: number, signal: AbortSignal): Promise<Order[]>
  customer(shop: ShopId, id: CustomerId, signal: AbortSignal): Promise<Customer | null>
  customers(shop: ShopId, limit: number, signal: AbortSignal): Promise<Customer[]>
}
