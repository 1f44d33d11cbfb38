import type { JudgementInputs } from '#domain/approvals/judgement.ts'
import type { AutonomyLevel, KillScope, Policy } from '#domain/approvals/policy.ts'
import type { Actor } from '#domain/approvals/proposal.ts'
import type { Verdict } from '#domain/exceptions/action.ts'
import type { ExceptionType } from '#domain/exceptions/exception-type.ts'
import type { CaseId, ProposalId, ShopId } from '#domain/ids.ts'
import type { Money } from '#domain/money.ts'

export type PolicyVersion = {
  version: number
  policy: Policy
  by: Actor
  note: string | null
  at: Date
  rolledBackTo: number | null
}

/** A past judgement, to be made again. */
export type PastJudgement = {
  caseId: CaseId
  proposal: ProposalId
  type: ExceptionType
  at: Date
  inputs: JudgementInputs
  verdict: Verdict
  money: Money | null
  /** Whether a person rejected it, or an action of it failed, was taken back or called off. */
  laterFoundWrong: boolean
}

export type KillSwitch = { scope: KillScope; on: boolean; reason: string; by: Actor; at: Date }
export type StoredLevel = { type: ExceptionType; level: AutonomyLevel; by: Actor; why: string; at: Date }

export type BudgetUse = {
  per: 'customer' | 'type' | 'shop'
  key: string
  day: string
  automatic: { amounts: Money[]; count: number }
  total: { amounts: Money[]; count: number }
}

/** Policies in versions, autonomy levels and switches as they are kept. Every change is audited in its transaction. */
export type PolicyStore = {
  /** Null: the shop never set one. */
  current(shop: ShopId, signal: AbortSignal): Promise<PolicyVersion | null>
  version(shop: ShopId, version: number, signal: AbortSignal): Promise<PolicyVersion | null>
  versions(shop: ShopId, limit: number, signal: AbortSignal): Promise<Omit<PolicyVersion, 'policy'>[]>
  /** Stores the next version if `ifMatch` (0: none yet) is the newest; `moved` otherwise. Null matches all. */
  put(
    shop: ShopId,
    change: { policy: Policy; ifMatch: number | null; by: Actor; note: string | null; rolledBackTo: number | null },
    signal: AbortSignal,
  ): Promise<{ outcome: 'stored'; version: PolicyVersion } | { outcome: 'moved' }>
  /** Newest first; the edited form of a proposal is none. */
  judgements(shop: ShopId, since: Date, limit: number, signal: AbortSignal): Promise<PastJudgement[]>
  levels(shop: ShopId, signal: AbortSignal): Promise<StoredLevel[]>
  /** False, and nothing changed, when what was set is not `from` any more; null: nothing was ever set. */
  setLevel(
    shop: ShopId,
    change: {
      type: ExceptionType
      from: AutonomyLevel | null
      level: AutonomyLevel
      by: Actor
      why: string
      details: Record<string, unknown>
    },
    signal: AbortSignal,
  ): Promise<boolean>
  /** Of the newest `sample` last words of people per type: how many there are, and how many approved unchanged. */
  agreement(
    shop: ShopId,
    sample: number,
    signal: AbortSignal,
  ): Promise<{ type: ExceptionType; decisions: number; agreed: number }[]>
  switches(shop: ShopId, signal: AbortSignal): Promise<KillSwitch[]>
  /** Off: knocks (`act`) at every case that has an action waiting. */
  setSwitch(
    shop: ShopId,
    change: { scope: KillScope; on: boolean; reason: string; by: Actor },
    signal: AbortSignal,
  ): Promise<KillSwitch>
  budgets(shop: ShopId, day: string, signal: AbortSignal): Promise<BudgetUse[]>
}
