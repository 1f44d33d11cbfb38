import type { CaseDetail } from '#domain/approvals/case.ts'
import type { ExceptionType } from '#domain/exceptions/exception-type.ts'
import type { MessageId, OrderId } from '#domain/ids.ts'
import type { Order } from '#domain/order.ts'
import type { Caller } from './look-up.port.ts'

/** What a shopper says went wrong. `words` are theirs: data, which decides nothing. `message` is the one that confirmed it. */
export type ShopperReport = { order: OrderId; type: ExceptionType; words: string; message: MessageId }

export type ReportOutcome =
  /** `at` is when it was looked at, ISO 8601 UTC. */
  { outcome: 'reported'; case: CaseDetail; at: string } | { outcome: 'not_yours' }

/** Reports of shoppers on their own orders, and what became of them. */
export type ReportTool = {
  /**
   * Opens a case for the report, or joins the one that is open for the order and type; once per `message`, however often it is
   * called. Nothing is done about it by that. Throws what OrderTool and Cases throw.
   */
  report(caller: Caller, report: ShopperReport, signal: AbortSignal): Promise<ReportOutcome>
  /** What a shopper may know of the cases on these orders, newest change first; nothing of an order that is not theirs. */
  casesOf(caller: Caller, orders: Order[], signal: AbortSignal): Promise<{ cases: CaseDetail[]; at: string }>
}
