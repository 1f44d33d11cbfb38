import type { CaseDetail } from '#domain/approvals/case.ts'
import { customerId } from '#domain/ids.ts'
import type { Order } from '#domain/order.ts'
import type { Caller } from '#tools/look-up.port.ts'
import { checkAddress } from '#tools/look-ups/address-check.ts'
import type { ReportTool, ShopperReport } from '#tools/report-exception.port.ts'
import type { RequestTool, ShopperRequest } from '#tools/request-change.port.ts'

const OPENED = new Date('2026-01-05T12:00:00.000Z')

/** Reports in memory: one open case per order and type. `put` says what became of one. */
export function memoryReports() {
  const reports: { caller: Caller; report: ShopperReport }[] = []
  const cases: CaseDetail[] = []
  const tool: ReportTool = {
    async report(caller, report) {
      reports.push({ caller, report })
      const open = cases.find(({ order, type }) => order === report.order && type === report.type)
      const one = open ?? caseOf({ order: report.order, type: report.type, detail: report.words })
      if (!open) cases.push(one)
      return { outcome: 'reported', case: one, at: OPENED.toISOString() }
    },
    casesOf: async (_caller, orders: Order[]) => ({
      cases: cases.filter(({ order }) => orders.some(({ id }) => id === order)),
      at: OPENED.toISOString(),
    }),
  }
  const requests: { caller: Caller; request: ShopperRequest }[] = []
  const requesting: RequestTool = {
    async request(caller, request) {
      requests.push({ caller, request })
      const open = cases.find(({ order, type }) => order === request.order && type === 'customer_request')
      const data = { request: request.request, reportedIn: request.message }
      const one = open ?? caseOf({ order: request.order, type: 'customer_request', detail: request.words, data })
      if (!open) cases.push(one)
      return { outcome: open ? 'other_open' : 'requested', case: one, at: OPENED.toISOString() }
    },
    payment: async () => null,
    checkAddress,
  }
  return {
    tool,
    requesting,
    requests,
    reports,
    cases,
    put: (changes: Partial<CaseDetail>) => cases.splice(0, cases.length, caseOf({ ...cases[0], ...changes })),
  }
}

/** A case that is looked into since noon of 5 January 2026 and due a day later. */
export function caseOf(changes: Partial<CaseDetail> = {}): CaseDetail {
  return {
    id: 'cas_1',
    type: 'delivered_not_received_claim',
    status: 'investigating',
    order: 'NL-1' as CaseDetail['order'],
    customerId: customerId('C1'),
    incidentId: null,
    source: 'customer',
    detail: '',
    data: {},
    openedAt: OPENED,
    changedAt: OPENED,
    dueBy: new Date('2026-01-06T12:00:00.000Z'),
    lookAgainAt: null,
    summary: '',
    cause: null,
    confidence: null,
    atStake: null,
    priority: { score: 0, risk: 0, money: 0, age: 0, timeLeft: 0 },
    reason: null,
    round: 1,
    remindedAt: null,
    reports: 1,
    escalatedAt: null,
    evidence: [],
    proposal: null,
    actions: [],
    decisions: [],
    ...changes,
  }
}
