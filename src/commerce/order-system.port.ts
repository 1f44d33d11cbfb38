import type { CustomerId, OrderId, ShopId } from '#domain/ids.ts'
import type { Customer, CustomerHistory, LineQuantity, ListPrice, Order, PostalAddress } from '#domain/order.ts'
import type { EffectOutcome, Keyed, KeyedSystem, Versioned } from './effect.port.ts'

/** The shop's order system, as far as looking up goes. Throws Fault retryable `commerce.orders.unreachable`. */
export type OrderSystem = {
  /** The order as it is now; null when there is none of that id. Ids are compared as shoppers type them: case and a leading `#` do not matter. */
  order(shop: ShopId, id: OrderId, signal: AbortSignal): Promise<Order | null>
  /** Newest first. */
  ordersOf(shop: ShopId, customer: CustomerId, limit: number, signal: AbortSignal): Promise<Order[]>
  customer(shop: ShopId, id: CustomerId, signal: AbortSignal): Promise<Customer | null>
}

/** What an investigation asks of the order system beyond a shopper's look-ups. Throws as OrderSystem does. */
export type OrderDesk = {
  versionedOrder(shop: ShopId, id: OrderId, signal: AbortSignal): Promise<Versioned<Order> | null>
  /** Other orders of the same customer, newest first, at most `limit`. */
  relatedOrders(shop: ShopId, id: OrderId, limit: number, signal: AbortSignal): Promise<Order[]>
  /** The customer of order `id`; null where nothing is known of them. */
  customerHistory(shop: ShopId, id: OrderId, signal: AbortSignal): Promise<CustomerHistory | null>
  /** Every price that was ever in force, oldest first for each SKU. */
  listPrices(shop: ShopId, skus: string[], signal: AbortSignal): Promise<ListPrice[]>
}

/**
 * Changes to orders. Nothing here moves money; units and reservations move with it. Each throws Fault retryable
 * `commerce.orders.unreachable` while nothing has been sent, and the signal's reason when aborted before sending.
 */
export type OrderChanges = KeyedSystem & {
  /** Refused with `already_shipped` once a parcel has left, unless it came back or waits for a better address. */
  setShippingAddress(by: Keyed, order: OrderId, address: PostalAddress, signal: AbortSignal): Promise<EffectOutcome>
  hold(by: Keyed, order: OrderId, reason: string, signal: AbortSignal): Promise<EffectOutcome>
  /** Refused with `not_now` when the order is not held. */
  releaseHold(by: Keyed, order: OrderId, signal: AbortSignal): Promise<EffectOutcome>
  /** Frees reservations and voids what is only authorised. Refused with `already_shipped`. Money captured stays: refund it. */
  cancel(by: Keyed, order: OrderId, reason: string, signal: AbortSignal): Promise<EffectOutcome>
  /** Takes `line.qty` units off an unshipped order and frees them. The total falls by their price. */
  cancelLine(by: Keyed, order: OrderId, line: LineQuantity, signal: AbortSignal): Promise<EffectOutcome>
  /** Lets a line wait for stock until `until` (ISO 8601), null where nobody knows. */
  backorderLine(
    by: Keyed,
    order: OrderId,
    line: LineQuantity,
    until: string | null,
    signal: AbortSignal,
  ): Promise<EffectOutcome>
  /** Sets a line's unit price (minor units) before shipping. */
  correctPrice(by: Keyed, order: OrderId, sku: string, unitPrice: number, signal: AbortSignal): Promise<EffectOutcome>
  /**
   * Sends units of the order again, reserved at the first place that has them all. Refused with `out_of_stock`,
   * `more_than_ordered`, and `units_settled` where those units were refunded or sent again before.
   */
  reship(by: Keyed, order: OrderId, lines: LineQuantity[], signal: AbortSignal): Promise<EffectOutcome>
  /**
   * Lets units of an order that arrived be sent back; money moves once they are. One return an order: refused with `not_now`
   * before it arrived, `already_done`, `more_than_ordered`, and `units_settled` where those units were refunded or sent again.
   */
  openReturn(by: Keyed, order: OrderId, lines: LineQuantity[], signal: AbortSignal): Promise<EffectOutcome>
}
