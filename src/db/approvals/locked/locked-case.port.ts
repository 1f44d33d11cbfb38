import type { CaseRow } from '#domain/approvals/case.ts'
import type { Counters, JudgementInputs } from '#domain/approvals/judgement.ts'
import type { AutonomyLevel, Budget, Policy } from '#domain/approvals/policy.ts'
import type {
  Actor,
  Decision,
  Proposal,
  ProposalDraft,
  ProposalState,
  Ruling,
  StoredWord,
} from '#domain/approvals/proposal.ts'
import type { ActionKind } from '#domain/exceptions/action.ts'
import type { ActionId, CaseId, OrderId, ProposalId, ShopId } from '#domain/ids.ts'
import type { Money } from '#domain/money.ts'
import type { ActionRow, NewAction } from './actions.port.ts'

/** A proposal with what it was judged by. */
export type StoredProposal = Proposal & { contentHash: string; inputs: JudgementInputs; draft: ProposalDraft }

export type NewProposal = {
  id: ProposalId
  revision: number
  hash: string
  contentHash: string
  state: ProposalState
  draft: ProposalDraft
  ruling: Ruling
  policyVersion: number
  inputs: JudgementInputs
  total: Money | null
  proposedBy: Actor
  editedFrom: ProposalId | null
  createdAt: Date
  expiresAt: Date
}

/** Members left out stay as they are. `rank` follows by itself. */
export type CaseChange = Partial<
  Pick<
    CaseRow,
    | 'status'
    | 'reason'
    | 'lookAgainAt'
    | 'summary'
    | 'cause'
    | 'confidence'
    | 'atStake'
    | 'round'
    | 'customerId'
    | 'remindedAt'
    | 'escalatedAt'
  > & { lapsedAt: Date; keywords: string[] }
>

/** An entry of the audit without its place in the chain. `details` hold ids, codes, hashes and amounts alone. */
export type AuditNote = { by: Actor; what: string; subject: string; details: Record<string, unknown> }

/** Of a day's budget: which one, and how much of what. `currency` '' counts actions. */
export type BudgetBooking = { per: Budget['per']; key: string; currency: string; amount: number; automatic: boolean }
export type BudgetRow = { per: Budget['per']; key: string; currency: string; automatic: number; total: number }

/**
 * A case whose row this transaction has locked: nobody else changes the case, its proposals or its actions meanwhile. What is
 * noted is written to the audit when the work ends, and everything is committed together or not at all.
 */
export type LockedCase = {
  shop: ShopId
  row: CaseRow
  now: Date
  /** Whether its customer asked to be forgotten and it still holds what was known of them before. */
  owesErasure: boolean
  policy(): Promise<{ version: number; policy: Policy } | null>
  policyVersion(version: number): Promise<Policy | null>
  /** The newest of any state; null: nothing was ever proposed. */
  newest(): Promise<StoredProposal | null>
  /** The newest that was not superseded by a newer one. */
  current(): Promise<StoredProposal | null>
  byHash(hash: string): Promise<StoredProposal | null>
  byId(id: ProposalId): Promise<StoredProposal | null>
  decisions(proposal: ProposalId): Promise<Decision[]>
  /** Waits for others that count money of the same order; held until the transaction ends. */
  lockOrder(order: OrderId): Promise<void>
  /** `except`: the proposal that does not count as another of the order. */
  counters(about: {
    order: OrderId
    customerId: string | null
    day: string
    since: Date
    except: ProposalId | null
  }): Promise<Counters>
  insertProposal(proposal: NewProposal): Promise<void>
  setState(id: ProposalId, state: ProposalState): Promise<void>
  /** Facts read again, the same content: what is shown beside the actions is renewed. */
  renew(id: ProposalId, draft: ProposalDraft): Promise<void>
  insertDecision(proposal: StoredProposal, word: StoredWord): Promise<void>
  change(change: CaseChange): Promise<void>
  /** Takes away what the case, its proposals and what was done say of its customer. Nothing of it may be on its way. */
  erase(): Promise<void>
  actions(): Promise<ActionRow[]>
  insertActions(actions: NewAction[]): Promise<void>
  setAction(id: ActionId, change: Partial<ActionRow>): Promise<void>
  /** Actions of the case's type that failed or were taken back since then, as far as no person approved them. */
  errorsSince(since: Date): Promise<number>
  level(): Promise<AutonomyLevel | null>
  setLevel(level: AutonomyLevel, by: Actor, why: string): Promise<void>
  pausedBy(kind: ActionKind): Promise<{ scope: string; reason: string } | null>
  /** Locks the rows of these bookings in one fixed order, and gives what they hold. */
  lockBudgets(day: string, bookings: BudgetBooking[]): Promise<BudgetRow[]>
  /** Adds; negative amounts give back. */
  book(day: string, bookings: BudgetBooking[]): Promise<void>
  note(note: AuditNote): void
  /** Joins the queue with the commit. */
  knock(name: 'triage' | 'act', payload: Record<string, unknown>): Promise<void>
}

export type LockedCases = {
  /** Null: no such case. Rolls back when `work` throws. */
  inCase<Result>(
    shop: ShopId,
    id: CaseId,
    signal: AbortSignal,
    work: (locked: LockedCase) => Promise<Result>,
  ): Promise<Result | null>
  /** The case of an action; null: no such action. */
  caseOfAction(shop: ShopId, id: ActionId, signal: AbortSignal): Promise<CaseId | null>
  caseOfProposal(shop: ShopId, id: ProposalId, signal: AbortSignal): Promise<CaseId | null>
}
