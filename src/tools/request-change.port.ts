import type { CaseDetail } from '#domain/approvals/case.ts'
import type { CustomerRequest } from '#domain/exceptions/customer-request.ts'
import type { MessageId, OrderId, ShopId } from '#domain/ids.ts'
import type { PaymentState, PostalAddress } from '#domain/order.ts'
import type { AddressCheck } from './case-look-ups.port.ts'
import type { Caller } from './look-up.port.ts'

/** What a shopper asks for and has confirmed. `words` are theirs: data, which decides nothing. `message` is the one that confirmed it. */
export type ShopperRequest = { order: OrderId; request: CustomerRequest; words: string; message: MessageId }

/** `at` is when it was looked at, ISO 8601 UTC. */
export type RequestOutcome =
  | { outcome: 'requested'; case: CaseDetail; at: string }
  /** Another request on the order is not settled yet; nothing was added to it. */
  | { outcome: 'other_open'; case: CaseDetail; at: string }
  | { outcome: 'not_yours' }

/** Changes that shoppers ask for on their own orders. */
export type RequestTool = {
  /**
   * Opens a case for the request; once per `message`, however often it is called. Nothing is done about it by that: the shop's
   * policy decides whether it is done at once or by a person. Throws what OrderTool and Cases throw.
   */
  request(caller: Caller, request: ShopperRequest, signal: AbortSignal): Promise<RequestOutcome>
  /** What was paid for an order that was just found to be theirs, as the provider sees it; null where it does not answer. */
  payment(shop: ShopId, order: OrderId, signal: AbortSignal): Promise<PaymentState | null>
  /** What is plain from an address alone; asks nobody. */
  checkAddress(address: PostalAddress): AddressCheck
}
