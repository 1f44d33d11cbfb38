import type { OrderId, ShopId } from '#domain/ids.ts'
import type { PaymentState, Shipment, StockAt } from '#domain/order.ts'
import type { StoredOrder } from '../order-files.port.ts'

/** Orders as a watchman walks past them. */
export type OrderWatch = {
  /** Orders that are not cancelled, after `after` in order of their ids, with parcels, payment and the shelves of their SKUs. */
  orders(
    shop: ShopId,
    after: OrderId | null,
    limit: number,
    signal: AbortSignal,
  ): Promise<{ order: StoredOrder; parcels: Shipment[]; payment: PaymentState | null; stock: StockAt[] }[]>
}
