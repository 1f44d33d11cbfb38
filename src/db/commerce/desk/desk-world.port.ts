import type { CustomerId, ShopId } from '#domain/ids.ts'
import type { OrderFile } from '../order-files.port.ts'

/** What a customer's request at the desk is about. `own` is what the shop keeps of the customer: ways to pay, address. */
export type DeskState = {
  file: OrderFile | null
  customer: { id: CustomerId; own: Record<string, unknown> | null } | null
  /** The products of the order's lines, with all their variants. */
  products: { id: string; body: Record<string, unknown> }[]
}

/** `why`: the rule that refused. What is left out stays as it is. */
export type DeskDecided =
  | { outcome: 'refused'; why: string }
  | { outcome: 'done'; receipt: string; file?: OrderFile; own?: Record<string, unknown> }

/** `order` is compared exactly; `products` names the products a line of the order is of, as its `own` does. */
export type DeskRequest = { key: string; kind: string; args: unknown; order: string | null; customer: string | null }

export type DeskOutcome = { outcome: 'succeeded'; receipt: string; at: string } | { outcome: 'failed'; why: string }

/** A shop whose orders, customers and products are decided about together, by its own rules. */
export type DeskWorld = {
  /**
   * Applies `rule` to the order, its customer (or the customer named) and the order's products in one transaction. A key's
   * first outcome, refusals included, is its outcome for ever; other arguments under it are refused with `key_reused`.
   */
  change(
    shop: ShopId,
    request: DeskRequest,
    rule: (state: DeskState) => DeskDecided,
    signal: AbortSignal,
  ): Promise<DeskOutcome>
  /** The same without changing anything. */
  look(shop: ShopId, about: { order: string | null; customer: string | null }, signal: AbortSignal): Promise<DeskState>
  products(shop: ShopId, signal: AbortSignal): Promise<{ id: string; body: Record<string, unknown> }[]>
  customers(shop: ShopId, signal: AbortSignal): Promise<{ id: CustomerId; own: Record<string, unknown> | null }[]>
}
