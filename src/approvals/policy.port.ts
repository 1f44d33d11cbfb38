import type { BudgetUse, KillSwitch, PolicyVersion } from '#db/approvals/policy/policy.port.ts'
import type { AutonomyLevel, Policy } from '#domain/approvals/policy.ts'
import type { Actor } from '#domain/approvals/proposal.ts'
import type { ActionKind, Verdict } from '#domain/exceptions/action.ts'
import type { ExceptionType } from '#domain/exceptions/exception-type.ts'
import type { CaseId, ProposalId, ShopId } from '#domain/ids.ts'
import type { Money } from '#domain/money.ts'

export type { BudgetUse, KillSwitch, PolicyVersion }

/** A past proposal that the other policy would have judged differently. */
export type ReplayChange = {
  caseId: CaseId
  proposal: ProposalId
  type: ExceptionType
  at: Date
  from: { verdict: Verdict; rule: string }
  to: { verdict: Verdict; rule: string }
  money: Money | null
  /** Whether a person rejected it, or an action of it failed or was undone. */
  laterFoundWrong: boolean
}
export type Replay = {
  days: number
  proposals: number
  changes: ReplayChange[]
  /** Sums by currency of what changed: `released` would go without a person, `held` would not any more. */
  money: { released: Money[]; held: Money[] }
}

/** A shop's policy in its versions. */
export type Policies = {
  /** Version 0 is the careful default, where the shop never set one. */
  current(shop: ShopId, signal: AbortSignal): Promise<PolicyVersion>
  /** Checks plain JSON (or what YAML became). Throws Fault user `approvals.policy.invalid` with the paths that are wrong. */
  read(input: unknown): Policy
  /** Stores the next version if `ifMatch` is the current one; null: whatever is there. */
  put(
    shop: ShopId,
    change: { policy: Policy; ifMatch: number | null; by: Actor; note: string | null; rolledBackTo?: number },
    signal: AbortSignal,
  ): Promise<{ outcome: 'stored'; version: PolicyVersion } | { outcome: 'moved'; version: PolicyVersion }>
  version(shop: ShopId, version: number, signal: AbortSignal): Promise<PolicyVersion | null>
  /** Newest first. */
  versions(shop: ShopId, limit: number, signal: AbortSignal): Promise<Omit<PolicyVersion, 'policy'>[]>
  /** Makes an old version the newest; null: no such version. */
  rollBack(shop: ShopId, version: number, by: Actor, signal: AbortSignal): Promise<PolicyVersion | null>
  /** Judges the proposals of the last `days` days with `policy` instead of the current one, on the inputs they had. */
  replay(shop: ShopId, policy: Policy, days: number, signal: AbortSignal): Promise<Replay>
}

type Share = { compared: number; agreed: number; low: number; high: number }

export type Autonomy = {
  type: ExceptionType
  level: AutonomyLevel
  since: Date | null
  by: Actor | null
  /** Code: `set`, `errors`. */
  why: string | null
  evidence: {
    /** Decisions of people on the type's newest proposals, and how many approved them unchanged. */
    decisions: number
    agreed: number
    /** One-sided 95 % lower limit (Clopper–Pearson). */
    lowerBound: number
    required: number
    needed: number
    mayPromote: boolean
    /**
     * Of cases people took while the type was at `shadow`, and that Purser would have settled by itself: how often the same was done.
     * They count with the decisions for `lowerBound` and `mayPromote`. Limits are one-sided 95 % (Wilson).
     */
    shadow: Share & { actions: (Share & { kind: ActionKind })[] }
  }
}

/** How much is left to Purser, by exception type. */
export type AutonomyLevels = {
  all(shop: ShopId, signal: AbortSignal): Promise<Autonomy[]>
  /** A step up needs the evidence (`not_enough_evidence`); a step down never. `ifMatch`-free: the last word counts, every word is audited. */
  set(
    shop: ShopId,
    type: ExceptionType,
    level: AutonomyLevel,
    by: Actor,
    signal: AbortSignal,
  ): Promise<{ outcome: 'set' | 'same'; autonomy: Autonomy } | { outcome: 'not_enough_evidence'; autonomy: Autonomy }>
}

/** Switches that stop actions, also those already queued. In force for every `begin` after `set` returned. */
export type KillSwitches = {
  all(shop: ShopId, signal: AbortSignal): Promise<KillSwitch[]>
  /** Throws Fault user `approvals.kill_switch.scope` on a scope that names no action or type. Switching off knocks at what waits. */
  set(
    shop: ShopId,
    change: { scope: string; on: boolean; reason: string; by: Actor },
    signal: AbortSignal,
  ): Promise<KillSwitch>
}

/** What the day's budgets have been used for. */
export type Budgets = { used(shop: ShopId, day: string, signal: AbortSignal): Promise<BudgetUse[]> }
