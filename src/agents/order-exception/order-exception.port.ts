import type { CaseId, ShopId } from '#domain/ids.ts'

/**
 * Why a case is looked at: it is new, something happened to its order, its reporter knows more, its time has come, nobody decided
 * in time, a run was left, its customer's data was erased. News begin nothing where what was found still holds.
 */
export type TriageReason = 'opened' | 'news' | 'reported' | 'again' | 'expired' | 'left' | 'erased' | (string & {})

export type TriageOutcome =
  | { outcome: 'investigated'; verdict: 'auto' | 'approval' | 'escalate' | 'wait' | 'none' }
  /** An action of the case is on its way: look again when it has ended. */
  | { outcome: 'unsettled' }
  /** Resolved, or not there, or looked at for this reason already. */
  | { outcome: 'nothing_to_do' }

export type ActOutcome =
  /** All that was authorised has ended; the case is closed, waits or is with a person. */
  | { outcome: 'ended' }
  /** Not everything may leave yet, or no answer came; look again at `until` (ISO 8601), null: when somebody knocks. */
  | { outcome: 'pending'; until: string | null }
  /** The world moved since it was decided: the case was investigated anew. */
  | { outcome: 'moved' }
  | { outcome: 'nothing_to_do' }

/** The agent for orders that went wrong. Both are safe to repeat and to run twice at once. */
export type OrderExceptions = {
  /** Looks into a case until something is proposed, done, waited for or handed up. Throws what its ports throw. */
  triage(shop: ShopId, caseId: CaseId, why: TriageReason, signal: AbortSignal): Promise<TriageOutcome>
  /** Does what was authorised, from where the journal says it stands. Throws what its ports throw. */
  act(shop: ShopId, caseId: CaseId, signal: AbortSignal): Promise<ActOutcome>
  /** At the deadline: holds an order that has not left, where policy names that as the default. The case is a person's then. Throws what its ports throw. */
  holdBack(shop: ShopId, caseId: CaseId, signal: AbortSignal): Promise<ActOutcome>
  /** Drops what was kept to go on with resolved cases, which holds addresses: of at most `limit`, whoever resolved them and whenever. Gives how many there were. */
  tidy(shop: ShopId, limit: number, signal: AbortSignal): Promise<number>
}
