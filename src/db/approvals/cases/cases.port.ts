import type { CaseDetail, CaseRow, CaseStatus, Incident, TimelineEntry } from '#domain/approvals/case.ts'
import type { Actor } from '#domain/approvals/proposal.ts'
import type { ExceptionType } from '#domain/exceptions/exception-type.ts'
import type { CaseId, IncidentId, OrderId, ShopId } from '#domain/ids.ts'

/** A report that something is wrong. `data` is plain JSON of the reporter, e.g. a suggested address. */
export type CaseReport = {
  order: OrderId
  type: ExceptionType
  source: string
  detail: string
  data?: Record<string, unknown>
  customerId?: string | null
  /** 0–1: how bad it is if nothing is done; where left out, the type's own. */
  risk?: number
}

/** `news`: the open case learns something it did not know, and is looked at again. */
export type OpenOutcome = { outcome: 'opened'; caseId: CaseId } | { outcome: 'joined'; caseId: CaseId; news: boolean }

export type CaseSort = 'priority' | 'age' | 'due' | 'money' | 'risk' | 'changed'

export type CasePage = {
  status: CaseStatus[] | 'open' | null
  type: ExceptionType | null
  incident: IncidentId | null
  /** Words or their beginnings, all of which have to be there: order, customer id, SKU, carrier, tracking number, rule, person. */
  q: string | null
  /** Past their deadline only. */
  overdue?: boolean
  sort: CaseSort
  /** The last page's `nextCursor`. */
  cursor: string | null
  /** 1–200. */
  limit: number
}

/**
 * `again`: waiting and its time has come. `left`: investigating or executing, and nothing changed since `since`. `erased`: nothing
 * changed since then either, nothing is on its way, and what its customer wanted forgotten is still there.
 */
export type DueCase = 'again' | 'left' | 'erased'

/** Cases as they are kept. */
export type CaseStore = {
  /** One open case per order and type, also when many report at once; writes the outbox row `triage` {shop, caseId, why} with it. */
  open(
    shop: ShopId,
    report: CaseReport & { risk: number; dueBy: Date },
    by: Actor,
    signal: AbortSignal,
  ): Promise<OpenOutcome>
  load(shop: ShopId, id: CaseId, signal: AbortSignal): Promise<CaseRow | null>
  detail(shop: ShopId, id: CaseId, signal: AbortSignal): Promise<CaseDetail | null>
  /** The most urgent first, by the sort's own measure; `changed` the newest change first. Throws Fault user `db.cursor.invalid`. */
  list(shop: ShopId, page: CasePage, signal: AbortSignal): Promise<{ items: CaseRow[]; nextCursor: string | null }>
  /** Of cases by status, for the console's head. */
  counts(shop: ShopId, signal: AbortSignal): Promise<Record<CaseStatus, number>>
  /** Oldest first; null: no such case. */
  timeline(shop: ShopId, id: CaseId, signal: AbortSignal): Promise<TimelineEntry[] | null>
  /** Open cases of an order, newest first; for a conversation that wants to know. */
  ofOrder(shop: ShopId, order: OrderId, signal: AbortSignal): Promise<CaseRow[]>
  /** The open cases of exactly this order, and those that changed since then (null: all there ever were); the newest change first. */
  historyOfOrder(shop: ShopId, order: OrderId, since: Date | null, signal: AbortSignal): Promise<CaseRow[]>
  /**
   * Puts the case among those with the same cause; from `from` open ones on they are an incident, which is given. Null takes it
   * out.
   */
  group(
    shop: ShopId,
    id: CaseId,
    cause: { key: string; reason: string; from: number } | null,
    signal: AbortSignal,
  ): Promise<IncidentId | null>
  /** Newest first. Throws Fault user `db.cursor.invalid`. */
  incidents(
    shop: ShopId,
    page: { open: boolean; cursor: string | null; limit: number },
    signal: AbortSignal,
  ): Promise<{ items: Incident[]; nextCursor: string | null }>
  /** Oldest first. */
  due(
    shop: ShopId,
    at: { now: Date; since: Date; limit: number },
    signal: AbortSignal,
  ): Promise<{ caseId: CaseId; what: DueCase; status: CaseStatus; round: number }[]>
}
