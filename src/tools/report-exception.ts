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
const CUSTOMER: Actor = { id: 'customer', name: 'Customer', role: null }
/** Cases of one order that are looked through; more than a few it never has. */
const OF_ORDER = 20
/** How long somebody may be told of a case that is done. */
const DONE_FOR_MS = 60 * 24 * 3_600_000
/** What an order is suspected of is not told to who may be behind it. */
const NEVER_TOLD: ReadonlySet<ExceptionType> = new Set<ExceptionType>(['fraud_hold'])

/** Reports of shoppers over the cases. Identity comes from the caller's session alone: the order is asked for as theirs each time. */
export function reportException(
  orders: OrderTool,
  cases: Pick<Cases, 'open' | 'list' | 'detail'>,
  clock: Clock,
): ReportTool {
  const ofOrder = async (shop: ShopId, order: OrderId, signal: AbortSignal): Promise<CaseRow[]> => {
    const page = { status: null, type: null, incident: null, q: order, sort: 'changed', cursor: null } as const
    const { items } = await cases.list(shop, { ...page, limit: OF_ORDER }, signal)
    // The words of a case may begin like the order's number without being it.
    return items.filter((row) => row.order === order)
  }
  const at = () => clock.now().toISOString()
  return {
    async report(caller, { order: named, type, words, message }, signal) {
      const found = await orders.orders(caller, named, signal)
      const order = found.outcome === 'found' ? found.orders[0] : undefined
      if (!order) return { outcome: 'not_yours' }
      // Asked first: a case that was opened by this message and is closed by now must not be opened again.
      const before = (await ofOrder(caller.shop, order.id, signal)).find(({ data }) => data.reportedIn === message)
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
      const since = clock.now().getTime() - DONE_FOR_MS
      const rows = await Promise.all(
        given.filter((order) => isTheirs(caller, order)).map(({ id }) => ofOrder(caller.shop, id, signal)),
      )
      const told = rows
        .flat()
        .filter(
          ({ type, status, changedAt }) =>
            !NEVER_TOLD.has(type) && (status !== 'resolved' || changedAt.getTime() >= since),
        )
      const details = await Promise.all(told.map(({ id }) => cases.detail(caller.shop, id, signal)))
      return { cases: details.filter((detail): detail is CaseDetail => detail !== null), at: at() }
    },
  }
}
