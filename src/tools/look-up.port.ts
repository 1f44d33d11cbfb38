import type { CustomerId, OrderId, ShopId } from '#domain/ids.ts'
import type { Order } from '#domain/order.ts'

/** Who is asking, from the session. A look-up never takes identity from anywhere else. */
export type Caller = { shop: ShopId; customer: CustomerId | null; unlockedOrders: OrderId[] }

export type OrderLookUp =
  | { outcome: 'found'; orders: Order[]; at: string }
  /** Not proven to be theirs, or not there: one answer for both, so that nobody learns which. */
  | { outcome: 'not_yours' }
  | { outcome: 'identify_first' }

/** The shopper's own orders. Without `id` the newest three. Throws what OrderSystem throws. */
export type OrderTool = {
  orders(caller: Caller, id: OrderId | null, signal: AbortSignal): Promise<OrderLookUp>
}

/** For the identity challenge alone: whether order and e-mail belong together, where the code goes, and the order's id as the shop writes it. Never told to the caller. */
export type OrderContact = {
  contact(
    shop: ShopId,
    id: OrderId,
    email: string,
    signal: AbortSignal,
  ): Promise<{ customer: CustomerId; email: string; order: OrderId } | null>
}
