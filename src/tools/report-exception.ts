import type { Cases } from '#approvals/cases.port.ts'
import type { CaseDetail, CaseRow } from '#domain/approvals/case.ts'
import type { Actor } from '#domain/approvals/proposal.ts'
import type { ExceptionType } from '#domain/exceptions/exception-type.ts'
import type { OrderId, ShopId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { OrderTool } from './look-up.port.ts'
import { isTheirs } from './order-look-up.ts'
import type { ReportTool } from './report-exception.port.ts'

/** In the audit, which holds no personal data. */
export const CUSTOMER: Actor = { id: 'customer', name: 'Customer', role: null }
/** How long somebody may be told of a case that is done. */
const DONE_FOR_MS = 60 * 24 * 3_600_000
/** What an order is suspected of is not told to who may be behind it. */
const NEVER_TOLD: ReadonlySet<ExceptionType> = new Set<ExceptionType>(['fraud_hold'])

/** Reports of shoppers over the cases. Identity comes from the caller's session alone: the order is asked for as theirs each time. */
export function reportException(
  orders: OrderTool,
  cases: Pick<Cases, 'open' | 'historyOfOrder' | 'detail'>,
  clock: Clock,
): ReportTool {
  const at = () => clock.now().toISOString()
  return {
    async report(caller, { order: named, type, words, message }, signal) {
      const found = await orders.orders(caller, named, signal)
      const order = found.outcome === 'found' ? found.orders[0] : undefined
      if (!order) return { outcome: 'not_yours' }
      // Asked first: a case that was opened by this message and is closed by now must not be opened again.
      const before = (await casesOfOrder(cases, caller.shop, order.id, signal)).find(
        ({ data }) => data.reportedIn === message,
      )
      const report = {
        order: order.id,
        type,
        source: 'customer',
        detail: words,
        data: { reportedIn: message },
        customerId: order.customer.id,
      }
      const id = before?.id ?? (await cases.open(caller.shop, report, CUSTOMER, signal)).caseId
      const detail = await cases.detail(caller.shop, id, signal)
      if (!detail) throw new TypeError('a case that was just opened is not there')
      return { outcome: 'reported', case: detail, at: at() }
    },
    async casesOf(caller, given, signal) {
      const since = new Date(clock.now().getTime() - DONE_FOR_MS)
      const rows = await Promise.all(
        given
          .filter((order) => isTheirs(caller, order))
          .map(({ id }) => cases.historyOfOrder(caller.shop, id, since, signal)),
      )
      const told = rows.flat().filter(({ type }) => !NEVER_TOLD.has(type))
      const details = await Promise.all(told.map(({ id }) => cases.detail(caller.shop, id, signal)))
      return { cases: details.filter((detail): detail is CaseDetail => detail !== null), at: at() }
    },
  }
}

/** All cases there ever were on one order, newest change first. Throws what Cases.historyOfOrder throws. */
export async function casesOfOrder(
  cases: Pick<Cases, 'historyOfOrder'>,
  shop: ShopId,
  order: OrderId,
  signal: AbortSignal,
): Promise<CaseRow[]> {
  return cases.historyOfOrder(shop, order, null, signal)
}
