import type { CasePage, CaseReport, CaseSort, CaseStore, OpenOutcome } from '#db/approvals/cases/cases.port.ts'
import type { Actor } from '#domain/approvals/proposal.ts'
import type { CaseId, IncidentId, ShopId } from '#domain/ids.ts'

export type { CasePage, CaseReport, CaseSort, OpenOutcome }

/**
 * `moved`; `same`: it was there already, nothing changed; `closed`: the case is resolved; `unsettled`: an action of it is on its
 * way, so the case can be neither resolved nor sent back; `unknown_case`.
 */
export type MoveOutcome = { outcome: 'moved' | 'same' | 'closed' | 'unsettled' | 'unknown_case' }

/** How a run ended; `until` is when to look again. `seen` null: nobody counted. */
export type RunEnd = { status: 'resolved' | 'waiting'; why: string; until: Date | null; seen: number | null }

/**
 * Exceptions of orders: what CaseStore keeps, and how a case moves on. Every change is one transaction with its audit entry; made
 * twice it changes nothing the second time.
 */
export type Cases = Omit<CaseStore, 'open' | 'group'> & {
  /** One open case per order and type, also when many report at once; writes the outbox row `triage` {shop, caseId, why} with it. Its deadline is the policy's. */
  open(shop: ShopId, report: CaseReport, by: Actor, signal: AbortSignal): Promise<OpenOutcome>
  /** Starts another investigation (status `investigating`) and gives its number; what stood is superseded. Not while an action is on its way. */
  investigate(
    shop: ShopId,
    id: CaseId,
    why: string,
    signal: AbortSignal,
  ): Promise<{ outcome: 'moved'; round: number } | { outcome: 'closed' | 'unsettled' | 'unknown_case' }>
  wait(shop: ShopId, id: CaseId, until: Date, why: string, signal: AbortSignal): Promise<MoveOutcome>
  /** To a person. `why` is a code. */
  escalate(shop: ShopId, id: CaseId, why: string, by: Actor, signal: AbortSignal): Promise<MoveOutcome>
  resolve(shop: ShopId, id: CaseId, why: string, by: Actor, signal: AbortSignal): Promise<MoveOutcome>
  fail(shop: ShopId, id: CaseId, why: string, signal: AbortSignal): Promise<MoveOutcome>
  /**
   * Ends a run of the agent that knew the first `seen` reports of the case. Where another came since, nothing is resolved: `reported`,
   * the case is to be investigated again, and the outbox knows it (`triage`). What waits is knocked at as well.
   */
  conclude(shop: ShopId, id: CaseId, end: RunEnd, signal: AbortSignal): Promise<MoveOutcome | { outcome: 'reported' }>
  /**
   * Takes what an open case still holds of a customer who asked to be forgotten, once nothing of it is on its way, and starts another
   * investigation of what the shop's systems still know. `same`: nothing is owed any more. `unsettled`: it is knocked at again later.
   */
  erase(
    shop: ShopId,
    id: CaseId,
    signal: AbortSignal,
  ): Promise<{ outcome: 'moved'; round: number } | { outcome: 'same' | 'closed' | 'unsettled' | 'unknown_case' }>
  /** Puts the case among those with the same cause; three open ones are an incident, which is given. Null takes it out. */
  group(
    shop: ShopId,
    id: CaseId,
    cause: { key: string; reason: string } | null,
    signal: AbortSignal,
  ): Promise<IncidentId | null>
}
