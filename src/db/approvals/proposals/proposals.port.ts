import type { Actor, Decision, Proposal, RejectionReason } from '#domain/approvals/proposal.ts'
import type { ExceptionType } from '#domain/exceptions/exception-type.ts'
import type { RememberedCase } from '#domain/exceptions/remembered-case.ts'
import type { CaseId, ProposalId, ShopId } from '#domain/ids.ts'
import type { StoredProposal } from '../locked/locked-case.port.ts'

/** Where a proposal is on its way: `reminder` and `escalation` come before the case's deadline, `fallback` at it, `expiry` when what was shown is too old. */
export type DeadlineStep = 'reminder' | 'escalation' | 'fallback' | 'expiry'

/** A rejected proposal with all it was judged by: a case to learn from. Holds the draft as it was shown. */
export type RejectedProposal = {
  proposal: Proposal
  type: ExceptionType
  reasonCode: RejectionReason
  note: string | null
  by: Actor
  at: Date
  /** The case as it was looked at, without anybody in it; null where it was not kept. */
  remembered: RememberedCase | null
}

export type ReviewerFigures = {
  by: { id: string; name: string }
  decisions: number
  approvals: number
  /** Approvals since the last rejection, edit or question. */
  streak: number
  /** Of decisions that say how long they took; null without any. */
  medianMs: number | null
  /** Decided in less than `readingMs` with no fact opened. */
  unread: number
}

/** Proposals as they are kept, for reading. */
export type ProposalStore = {
  /** The newest that was not superseded, with what was decided. */
  current(shop: ShopId, id: CaseId, signal: AbortSignal): Promise<(StoredProposal & { decisions: Decision[] }) | null>
  byHash(shop: ShopId, id: CaseId, hash: string, signal: AbortSignal): Promise<StoredProposal | null>
  byId(shop: ShopId, id: ProposalId, signal: AbortSignal): Promise<StoredProposal | null>
  /** Oldest first. */
  revisions(shop: ShopId, id: CaseId, signal: AbortSignal): Promise<StoredProposal[]>
  /** The first step of each standing proposal whose time has come and that was not taken. `remindAt` and `escalateAt` are shares of the case's time. */
  deadlines(
    shop: ShopId,
    at: { now: Date; remindAt: number; escalateAt: number; limit: number },
    signal: AbortSignal,
  ): Promise<{ caseId: CaseId; proposal: ProposalId; step: DeadlineStep }[]>
  /** Newest first. */
  rejected(shop: ShopId, since: Date, limit: number, signal: AbortSignal): Promise<RejectedProposal[]>
  reviewers(shop: ShopId, since: Date, readingMs: number, signal: AbortSignal): Promise<ReviewerFigures[]>
}
