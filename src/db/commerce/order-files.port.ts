import type { CustomerId, OrderId, ShopId } from '#domain/ids.ts'
import type { CustomerHistory, LineQuantity, ListPrice, Order, PaymentState, Shipment, StockAt } from '#domain/order.ts'

/** The order as the order system keeps it; its parcels are the carriers'. */
export type StoredOrder = Omit<Order, 'shipments'>

/** What was done about an order, beside what the order itself says. */
export type OrderRecord = { id: string; at: string } & (
  | { kind: 'reservation'; sku: string; qty: number; location: string; purpose: 'order' | 'reship' }
  /** Units a customer got money or a second parcel for. */
  | { kind: 'settled_units'; by: 'refund' | 'reship' | 'cancel'; units: LineQuantity[]; reference: string }
  | { kind: 'trace'; shipment: string }
  | { kind: 'claim'; shipment: string; amount: number; reason: string }
  | { kind: 'credit'; amount: number; spent: number }
  | { kind: 'refund_inquiry'; refund: string }
  | { kind: 'message'; message: string; topic: string; text: string; receipts: string[] }
)

/** Everything the shop's systems know of one order, with a version a system. `stock` are the places of its SKUs. */
export type OrderFile = {
  order: StoredOrder
  orderVersion: number
  parcels: Shipment[]
  parcelsVersion: number
  payment: PaymentState | null
  paymentVersion: number
  records: OrderRecord[]
  own: Record<string, unknown> | null
  stock: StockAt[]
  /** The sum of the rows' versions: it grows with every change of any of them. */
  stockVersion: number
}

export type SandboxSystem = 'orders' | 'payments' | 'inventory' | 'carriers' | 'messages'

/** What happened, for the outbox. `type` and `data` are a CloudEvent's. */
export type WorldEvent = { type: string; subject: string; sequence: number | null; data: Record<string, unknown> }

/**
 * What a rule made of a request: a refusal, or the file as it is afterwards. `undo` is kept for `takeBack`; null: cannot be
 * taken back. A refusal with a file left a trace (a declined attempt).
 */
export type Decided =
  | { outcome: 'refused'; why: string; file?: OrderFile; events?: WorldEvent[] }
  | { outcome: 'done'; receipt: string; file: OrderFile; events: WorldEvent[]; undo: unknown }

export type StoredEffect = {
  key: string
  kind: string
  order: OrderId
  outcome: { outcome: 'succeeded'; receipt: string; at: string } | { outcome: 'failed'; why: string }
  undo: unknown
}

export type FileChange = {
  key: string
  system: SandboxSystem
  kind: string
  order: OrderId
  /** With `kind` and `order` what the key stands for; other arguments under the same key are refused. */
  args: unknown
  /** Of the system's part of the file; one that has moved since refuses with `state_moved`. */
  version: number | null
  /** Further SKUs whose stock the rule needs. */
  skus: string[]
  /** The key of an earlier effect that the rule gets to see. */
  earlier: string | null
}

/** Sees the file locked, the earlier effect that was asked for, and the world's time. Pure. */
export type FileRule = (file: OrderFile, at: string, earlier: StoredEffect | null) => Decided

/** The sandbox shop's orders with all that belongs to them, changed one at a time. */
export type OrderFiles = {
  /** With the world's time. Ids are compared without a leading `#`, spaces and case, the way shoppers type them. */
  file(shop: ShopId, order: OrderId, signal: AbortSignal): Promise<{ file: OrderFile; at: string } | null>
  /**
   * Applies `rule` in one transaction with the effect's row and its events. The key's first outcome, refusals included, is
   * the outcome for ever; `key_reused` alone is not kept.
   */
  change(shop: ShopId, change: FileChange, rule: FileRule, signal: AbortSignal): Promise<StoredEffect['outcome']>
  /** What became of `key`; null when it never arrived. */
  effect(shop: ShopId, key: string, signal: AbortSignal): Promise<StoredEffect | null>
  /** Receipts among `receipts` that some effect of this shop gave. */
  knownReceipts(shop: ShopId, receipts: string[], signal: AbortSignal): Promise<Set<string>>
  /** Orders with refunds under way or money authorised and not taken: what time alone may change. */
  unsettled(shop: ShopId, signal: AbortSignal): Promise<OrderId[]>
  stock(shop: ShopId, skus: string[], signal: AbortSignal): Promise<{ value: StockAt[]; version: number }>
  related(shop: ShopId, order: OrderId, limit: number, signal: AbortSignal): Promise<Order[]>
  history(shop: ShopId, customer: CustomerId, signal: AbortSignal): Promise<CustomerHistory | null>
  prices(shop: ShopId, skus: string[], signal: AbortSignal): Promise<ListPrice[]>
  /** The order a carrier's tracking number belongs to. */
  orderOfTracking(shop: ShopId, tracking: string, signal: AbortSignal): Promise<OrderId | null>
}
