import type { DeadlineStep, RejectedProposal, ReviewerFigures } from '#db/approvals/proposals/proposals.port.ts'
import type { CaseDetail } from '#domain/approvals/case.ts'
import type {
  Actor,
  Decision,
  DecisionRequest,
  Proposal,
  ProposalDraft,
  ProposalState,
  Rule,
} from '#domain/approvals/proposal.ts'
import type { Verdict } from '#domain/exceptions/action.ts'
import type { CaseId, ProposalId, ShopId } from '#domain/ids.ts'
import type { Role } from '#domain/roles.ts'

export type { DeadlineStep, RejectedProposal, ReviewerFigures }

/** `same`: what was proposed stands already, so nothing new was stored. */
export type Proposed = {
  outcome: 'proposed' | 'same'
  id: ProposalId
  verdict: Verdict
  hash: string
  revision: number
  rule: Rule
  expiresAt: Date
}
export type ProposeOutcome =
  | Proposed
  /** The case is resolved, is acting on a decision, or is not there: nothing may be proposed. */
  | { outcome: 'closed' | 'executing' | 'unknown_case' }

export type DecideOutcome =
  /** `decision.final` is false for the first of two approvals. */
  | { outcome: 'decided'; decision: Decision; case: CaseDetail }
  | { outcome: 'unknown_case' }
  /** `proposal` is what stands now; null where nothing is to be decided any more. */
  | { outcome: 'stale_proposal'; proposal: Proposal | null }
  | { outcome: 'already_decided'; decision: Decision | null }
  | { outcome: 'expired_proposal'; expiredAt: Date }
  | { outcome: 'role_required'; role: Role }
  /** The same person twice, or the one who proposed it. */
  | { outcome: 'four_eyes' }
  /** A rejection without a reason code. */
  | { outcome: 'reason_required' }
  | { outcome: 'edit_refused'; problems: { path: string; message: string }[] }
  /** What is to be done is beyond what anybody may do. What policy only leaves to a person may be decided like what stands. */
  | { outcome: 'forbidden'; rule: Rule }

export type Deadline = { caseId: CaseId; proposal: ProposalId; step: DeadlineStep }

/** Proposals and what becomes of them. */
export type Proposals = {
  /**
   * Has policy judge the draft and stores it, in one transaction: `auto` and `approval` make it the case's standing proposal and
   * supersede what stood; `escalate` and `wait` move the case. The same content again while it stands changes nothing.
   */
  propose(shop: ShopId, draft: ProposalDraft, signal: AbortSignal): Promise<ProposeOutcome>
  /**
   * Records what a person decides about exactly what they saw. First the world is read again (FactCheck); then one transaction
   * with the audit entry and, once it is final, the outbox row `act` {shop, caseId}. Of many at once one is `decided`. An edit
   * stores its own form as a new revision and decides that. Throws what FactCheck.recheck throws.
   */
  decide(shop: ShopId, id: CaseId, request: DecisionRequest, by: Actor, signal: AbortSignal): Promise<DecideOutcome>
  /** The same for several, each by itself; a Fault of one is its result. */
  decideMany(
    shop: ShopId,
    requests: ({ caseId: CaseId } & DecisionRequest)[],
    by: Actor,
    signal: AbortSignal,
  ): Promise<{ caseId: CaseId; result: DecideOutcome | { outcome: 'fault'; fault: unknown } }[]>
  /** What stands or was decided last for the case; null when nothing was ever proposed. */
  standing(shop: ShopId, id: CaseId, signal: AbortSignal): Promise<(Proposal & { decisions: Decision[] }) | null>
  byHash(
    shop: ShopId,
    id: CaseId,
    hash: string,
    signal: AbortSignal,
  ): Promise<(Proposal & { state: ProposalState }) | null>
  revisions(shop: ShopId, id: CaseId, signal: AbortSignal): Promise<Proposal[]>
  /** Steps whose time has come and that were not taken yet. */
  deadlines(shop: ShopId, now: Date, limit: number, signal: AbortSignal): Promise<Deadline[]>
  /** Records that the step is taken, once: false when it was, or when the proposal does not stand any more. `expiry` and `fallback` end the proposal; after `expiry` the case is investigated again (outbox `triage`), after `fallback` it is escalated, and held where policy names that (outbox `act`, why `deadline`). The knocks are of the same transaction. */
  advance(shop: ShopId, proposal: ProposalId, step: DeadlineStep, signal: AbortSignal): Promise<boolean>
  /** Judges the stored inputs again with the stored policy version. */
  recompute(
    shop: ShopId,
    proposal: ProposalId,
    signal: AbortSignal,
  ): Promise<{ same: boolean; stored: Verdict; storedRule: string; verdict: Verdict; rule: string } | null>
  /** Newest first. */
  rejected(shop: ShopId, since: Date, limit: number, signal: AbortSignal): Promise<RejectedProposal[]>
  /** Who decides how; for warnings of approving without reading. */
  reviewers(shop: ShopId, since: Date, signal: AbortSignal): Promise<ReviewerFigures[]>
}
