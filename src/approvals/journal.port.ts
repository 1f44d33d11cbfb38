import type { ActionRow } from '#db/approvals/locked/actions.port.ts'
import type { Actor, Rule } from '#domain/approvals/proposal.ts'
import type { ActionId, CaseId, ProposalId, ShopId } from '#domain/ids.ts'

/** An action that may be done, as those outside the journal see it; its id is the key it is sent with. */
export type JournalAction = Omit<
  ActionRow,
  | 'automatic'
  | 'customerId'
  | 'budgetDay'
  | 'sendingUntil'
  | 'happenedAt'
  | 'shows'
  | 'undoableUntil'
  | 'authorisedAt'
  | 'settledAt'
>

export type AuthoriseOutcome =
  /** `again`: it was authorised before; the actions are the same. */
  | { outcome: 'authorised' | 'again'; actions: JournalAction[] }
  /** A budget of the day has no room. Nothing was authorised; the case is with a person. */
  | { outcome: 'over_budget'; rule: Rule }
  /** The policy became stricter since it was released without a person. Propose again. */
  | { outcome: 'tightened'; rule: Rule }
  /** Not decided, another hash, superseded, rejected or expired. */
  | { outcome: 'not_approved' }
  | { outcome: 'unknown_case' }

export type BeginOutcome =
  /** Send it now: this caller alone may, until `until`. `undoOf` is the action to take back. */
  | { outcome: 'go'; action: JournalAction; until: Date; undoOf: JournalAction | null }
  /** It was being sent when somebody stopped. Ask the target system by its key, then `record`. */
  | { outcome: 'settle'; action: JournalAction; until: Date; undoOf: JournalAction | null }
  /** Somebody is sending it, or one before it has not ended. */
  | { outcome: 'busy'; until: Date }
  | { outcome: 'not_yet'; at: Date }
  /** A switch is on. It waits; `act` is knocked at when the switch goes off. */
  | { outcome: 'paused'; scope: string; reason: string }
  | { outcome: 'done'; action: JournalAction }
  | { outcome: 'cancelled'; action: JournalAction }
  | { outcome: 'unknown_action' }

/** What became of it. `failed` with `never_arrived` makes it ready to be sent again with the same key. */
export type Recorded =
  | { outcome: 'succeeded'; receipt: string; at: string }
  | { outcome: 'failed'; why: string }
  | { outcome: 'unknown' }

export type UndoOutcome =
  /** It had not left; nor will what came after it in its proposal. */
  | { outcome: 'cancelled'; action: JournalAction }
  /** An action that takes it back is authorised, and `act` is on its way. */
  | { outcome: 'undoing'; undo: JournalAction }
  | { outcome: 'not_reversible'; why: 'irreversible' | 'too_late' | 'failed' | 'in_flight' | 'is_undo' }
  | { outcome: 'already_undone' }
  | { outcome: 'unknown_action' }

/** Everything Purser changes outside, before, while and after it does. Each method is one transaction. docs/approvals.md has the states. */
export type Journal = {
  /**
   * Writes the actions of the case's released or approved proposal as `authorised`, counts them against the day's budgets under
   * a lock, and audits it. Exactly once per proposal, whoever calls.
   */
  authorise(shop: ShopId, caseId: CaseId, hash: string, signal: AbortSignal): Promise<AuthoriseOutcome>
  /**
   * Whether the action may be sent, and marks it `sending`. Two callers never both get `go`. What a policy or a level of autonomy that became
   * stricter since would not let through is cancelled (`why` `tightened:RULE`) with what follows it, and the case is with a person.
   */
  begin(shop: ShopId, id: ActionId, signal: AbortSignal): Promise<BeginOutcome>
  /** Writes down the outcome, once; a later different one is refused (`conflict`) and audited. What failed gives its budget back. */
  record(
    shop: ShopId,
    id: ActionId,
    outcome: Recorded,
    signal: AbortSignal,
  ): Promise<{ outcome: 'recorded' | 'again' | 'conflict'; action: JournalAction } | { outcome: 'unknown_action' }>
  /** That the target system shows the effect (`true`) or does not. */
  verified(shop: ShopId, id: ActionId, shows: boolean, signal: AbortSignal): Promise<void>
  /** All actions of a case in the order they were authorised. */
  ofCase(shop: ShopId, caseId: CaseId, signal: AbortSignal): Promise<JournalAction[]>
  load(shop: ShopId, id: ActionId, signal: AbortSignal): Promise<JournalAction | null>
  /**
   * Authorises taking back what succeeded of the proposal, newest first; idempotent. `left`: what succeeded and cannot be taken
   * back. What had not left is cancelled.
   */
  compensate(
    shop: ShopId,
    proposal: ProposalId,
    why: string,
    signal: AbortSignal,
  ): Promise<{ undo: JournalAction[]; left: JournalAction[] }>
  /** For a person: calls it off within the countdown, or takes it back where the world allows. */
  undo(shop: ShopId, id: ActionId, by: Actor, signal: AbortSignal): Promise<UndoOutcome>
  /** `sending` whose sender's time is over, or `unknown`: to be asked for by key. Oldest first. */
  unsettled(shop: ShopId, now: Date, limit: number, signal: AbortSignal): Promise<JournalAction[]>
  /** `authorised` whose time has come and that no switch stops. Oldest first. */
  ready(shop: ShopId, now: Date, limit: number, signal: AbortSignal): Promise<JournalAction[]>
  /** Ends the time of every sender: only for a process that knows itself alone on its database. Gives how many there were. */
  releaseSenders(shop: ShopId, signal: AbortSignal): Promise<number>
}
