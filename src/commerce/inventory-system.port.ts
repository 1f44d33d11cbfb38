import type { OrderId, ShopId } from '#domain/ids.ts'
import type { LineQuantity, StockAt } from '#domain/order.ts'
import type { EffectOutcome, Keyed, KeyedSystem, Versioned } from './effect.port.ts'

/** The shop's stock, as far as we need it. */
export type InventorySystem = {
  /** Units that may be sold now, all places together, by SKU. SKUs it knows nothing of are not in the map. */
  available(shop: ShopId, skus: string[], signal: AbortSignal): Promise<Map<string, number>>
}

/** Stock by place. Throws Fault retryable `commerce.inventory.unreachable` while nothing has been sent. */
export type StockDesk = KeyedSystem & {
  /** Every place that knows the SKU, by SKU and place. `version` grows with every change of any of them. */
  stock(shop: ShopId, skus: string[], signal: AbortSignal): Promise<Versioned<StockAt[]>>
  /** Units that are reserved for the order's own lines, by SKU and place; second parcels keep theirs. */
  reservedFor(shop: ShopId, order: OrderId, signal: AbortSignal): Promise<(LineQuantity & { location: string })[]>
  /** Lets `location` pick the units of an order's line: reserved there, freed where they were reserved. Refused with `out_of_stock`. */
  reallocate(
    by: Keyed,
    order: OrderId,
    line: LineQuantity,
    location: string,
    signal: AbortSignal,
  ): Promise<EffectOutcome>
}
