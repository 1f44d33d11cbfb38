import type { CustomerId, ShopId } from '#domain/ids.ts'
import type { Customer, CustomerHistory, ListPrice, PaymentState, Shipment, StockAt } from '#domain/order.ts'
import type { OrderRecord, StoredOrder } from './order-files.port.ts'

export type WorldOrder = {
  order: StoredOrder
  parcels: Shipment[]
  /** Left out: as the order's own payment status says. */
  payment?: PaymentState | null
  records?: OrderRecord[]
  own?: Record<string, unknown> | null
}
/** `body` is what shoppers' look-ups show; a world that knows no name and e-mail leaves it out. */
export type WorldCustomer = {
  id: CustomerId
  body?: Customer
  history?: CustomerHistory | null
  own?: Record<string, unknown> | null
}

/** A whole sandbox world as data. `now` null: time runs. */
export type World = {
  now: string | null
  orders: WorldOrder[]
  customers: WorldCustomer[]
  stock: StockAt[]
  prices: ListPrice[]
  products: { id: string; body: Record<string, unknown> }[]
}

/** Worlds put in and taken out whole. */
export type WorldStore = {
  /** Replaces all of the shop's world, with its effects, faults and untold events, in one transaction. */
  load(shop: ShopId, world: World, signal: AbortSignal): Promise<void>
  /** Adds to the shop's world; what is there already stays as it is. Time is left alone. */
  add(shop: ShopId, world: World, signal: AbortSignal): Promise<void>
  /** Puts these orders and customers in place of what has their ids, as if nothing had happened to them. */
  put(shop: ShopId, part: Pick<World, 'orders' | 'customers'>, signal: AbortSignal): Promise<void>
  /** A mark for each thing there is, by its path (`orders/ORD-1`): equal marks, equal things. Much less than a dump. */
  marks(shop: ShopId, signal: AbortSignal): Promise<Map<string, string>>
  /** These orders and customers as `dump` would give them. */
  pick(
    shop: ShopId,
    ids: { orders: string[]; customers: string[] },
    signal: AbortSignal,
  ): Promise<Pick<World, 'orders' | 'customers'>>
  /** Everything, each list in order of its ids, so that equal worlds are dumped equal. */
  dump(shop: ShopId, signal: AbortSignal): Promise<Required<World>>
}
