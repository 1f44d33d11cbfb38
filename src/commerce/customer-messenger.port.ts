import type { OrderId, ShopId } from '#domain/ids.ts'
import type { EffectOutcome, Keyed } from './effect.port.ts'

export type CustomerMessageKind =
  | 'notify_customer'
  | 'ask_customer'
  | 'request_address'
  | 'request_evidence'
  | 'request_payment_method'

/** `receipts` are those of the actions the text tells of as done; an unknown one is refused with `receipt_unknown`. */
export type CustomerMessage = { kind: CustomerMessageKind; topic: string; text: string; receipts: string[] }
export type SentMessage = CustomerMessage & { receipt: string; at: string }

/** How the shop writes to its customers. What was sent cannot be taken back. Throws Fault retryable `commerce.messages.unreachable`. */
export type CustomerMessenger = {
  /** Sends to the order's customer, in the channel the shop chose. The same key twice sends once. */
  send(by: Keyed, order: OrderId, message: CustomerMessage, signal: AbortSignal): Promise<EffectOutcome>
  /** What became of `key`; null when nothing with that key ever arrived. */
  effectByKey(shop: ShopId, key: string, signal: AbortSignal): Promise<EffectOutcome | null>
  /** What was sent about an order, oldest first. */
  sent(shop: ShopId, order: OrderId, signal: AbortSignal): Promise<SentMessage[]>
}
