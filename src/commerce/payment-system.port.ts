import type { OrderId, ShopId } from '#domain/ids.ts'
import type { Money } from '#domain/money.ts'
import type { PaymentState } from '#domain/order.ts'
import type { EffectOutcome, Keyed, KeyedSystem, Versioned } from './effect.port.ts'

/**
 * The shop's payment provider, as far as we need it. Each change throws Fault retryable `commerce.payment.unreachable`
 * while nothing has been sent, and the signal's reason when aborted before sending. Never more is refunded than was captured.
 */
export type PaymentSystem = KeyedSystem & {
  payment(shop: ShopId, order: OrderId, signal: AbortSignal): Promise<Versioned<PaymentState> | null>
  /** Takes `amount` (minor units) of the authorised money, in part if need be. Refused with `authorisation_expired` after seven days. */
  capture(by: Keyed, order: OrderId, amount: Money, signal: AbortSignal): Promise<EffectOutcome>
  /** One more attempt on the order's payment. Succeeds when the provider authorises or captures; `declined` else. */
  retry(by: Keyed, order: OrderId, signal: AbortSignal): Promise<EffectOutcome>
  /**
   * Refunds to the way the order was paid. Success means the provider took it on: the refund is `pending` until an event
   * confirms it, and may still fail. Refused with `more_than_captured`, `disputed`, `other_currency`, `units_settled`.
   */
  refund(by: Keyed, order: OrderId, amount: Money, units: RefundUnits, signal: AbortSignal): Promise<EffectOutcome>
  /** A new refund in place of one that failed. Refused with `not_now` while the old one is pending or done. */
  reissueRefund(by: Keyed, order: OrderId, refund: string, amount: Money, signal: AbortSignal): Promise<EffectOutcome>
  /** Asks the provider about a refund that takes too long. Moves no money. */
  chaseRefund(by: Keyed, order: OrderId, refund: string, signal: AbortSignal): Promise<EffectOutcome>
  /** Store credit for the order's customer. Can be taken back while unspent. */
  credit(by: Keyed, order: OrderId, amount: Money, signal: AbortSignal): Promise<EffectOutcome>
}

/** Which units a refund is for, so that they are never sent again as well; null: an amount on its own (a price difference, a goodwill). */
export type RefundUnits = { sku: string; qty: number }[] | null
