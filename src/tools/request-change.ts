import type { Cases } from '#approvals/cases.port.ts'
import { canonicalJson } from '#domain/approvals/canonical-json.ts'
import type { CaseDetail, CaseRow } from '#domain/approvals/case.ts'
import type { CustomerRequest } from '#domain/exceptions/customer-request.ts'
import type { CaseId, ShopId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { CaseLookUps } from './case-look-ups.port.ts'
import type { OrderTool } from './look-up.port.ts'
import { checkAddress } from './look-ups/address-check.ts'
import { CUSTOMER, casesOfOrder } from './report-exception.ts'
import type { RequestTool } from './request-change.port.ts'

/** Requests of shoppers over the cases. Identity comes from the caller's session alone: the order is asked for as theirs each time. */
export function requestChange(
  orders: OrderTool,
  cases: Pick<Cases, 'open' | 'historyOfOrder' | 'detail'>,
  lookUps: Pick<CaseLookUps, 'payment'>,
  clock: Clock,
): RequestTool {
  const known = async (shop: ShopId, id: CaseId, signal: AbortSignal): Promise<CaseDetail> => {
    const detail = await cases.detail(shop, id, signal)
    if (!detail) throw new TypeError('a case that was just there is not there')
    return detail
  }
  return {
    async request(caller, { order: named, request, words, message }, signal) {
      const found = await orders.orders(caller, named, signal)
      const order = found.outcome === 'found' ? found.orders[0] : undefined
      if (!order) return { outcome: 'not_yours' }
      const { shop } = caller
      const before = (await casesOfOrder(cases, shop, order.id, signal)).filter(isRequest)
      // Asked first: a case that was opened by this message and is settled by now must not be opened again.
      const same = before.find(({ data }) => data.reportedIn === message)
      const open = same ?? before.find(({ status }) => status !== 'resolved')
      const at = () => clock.now().toISOString()
      if (open) {
        const isSame = open === same || isFor(request, open)
        const detail = await known(shop, open.id, signal)
        return { outcome: isSame ? 'requested' : 'other_open', case: detail, at: at() }
      }
      const report = {
        order: order.id,
        type: 'customer_request' as const,
        source: 'customer',
        detail: words,
        data: { reportedIn: message, request },
        customerId: order.customer.id,
      }
      const { caseId } = await cases.open(shop, report, CUSTOMER, signal)
      const detail = await known(shop, caseId, signal)
      // Another conversation may have opened it since, for something else.
      return { outcome: isFor(request, detail) ? 'requested' : 'other_open', case: detail, at: at() }
    },
    async payment(shop, order, signal) {
      const looked = await lookUps.payment(shop, order, signal)
      return looked.outcome === 'known' ? looked.value : null
    },
    checkAddress,
  }
}

const isFor = (request: CustomerRequest, { data }: CaseRow) => canonicalJson(data.request) === canonicalJson(request)

const isRequest = ({ type }: CaseRow) => type === 'customer_request'
