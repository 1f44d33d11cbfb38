import type { ShopId } from '#domain/ids.ts'

export type RetailOutcome =
  | { outcome: 'done'; receipt: string; at: string }
  /** `rule` as the shop numbers its rules, e.g. `CAN-2`; `key_reused` where the key stood for something else. */
  | { outcome: 'refused'; rule: string }

/** A shop that lets its customers change orders by rules of its own. Whether the caller owns the order is the caller's to check. */
export type RetailDesk = {
  tools: { name: string; argsSchema: Record<string, unknown> }[]
  /**
   * Does what was asked once a key, or says which rule refuses; a refusal changes nothing. Throws Fault user
   * `tools.args.invalid` on arguments or a tool it does not know, and what DeskWorld throws.
   */
  call(shop: ShopId, key: string, name: string, args: unknown, signal: AbortSignal): Promise<RetailOutcome>
}
