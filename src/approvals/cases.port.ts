import type { CasePage, CaseReport, CaseSort, CaseStore, OpenOutcome } from '#db/approvals/cases/cases.port.ts'
import type { Actor } from '#domain/approvals/proposal.ts'
import type { CaseId, IncidentId, ShopId } from '#domain/ids.ts'

export type { CasePage, CaseReport, CaseSort, OpenOutcome }

/**
 * `moved`; `same`: it was there already, nothing changed; `closed`: the case is resolved; `unsettled`: an action of it is on its
 * way, so the case can be neither resolved nor sent back; `unknown_case`.
 */
export type MoveOutcome = { outcome: 'moved' | 'same' | 'closed' | 'unsettled' | 'unknown_case' }

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
  /** Puts the case among those with the same cause; three open ones are an incident, which is given. Null takes it out. */
  group(
    shop: ShopId,
    id: CaseId,
    cause: { key: string; reason: string } | null,
    signal: AbortSignal,
  ): Promise<IncidentId | null>
}
