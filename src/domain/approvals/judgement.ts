import type { ActionKind, Verdict } from '../exceptions/action.ts'
import type { ExceptionType } from '../exceptions/exception-type.ts'
import type { Money } from '../money.ts'
import type { AutonomyLevel, KillScope } from './policy.ts'
import type { SpentByKind } from './proposal.ts'

/** A proposal as policy sees it. */
export type Judged = {
  type: ExceptionType
  actions: { kind: ActionKind; money: Money | null; reversible: boolean }[]
  /** 0–1. */
  confidence: number
  wants: Verdict
  /** See ProposalDraft. */
  fallback?: boolean
}

/** What is known besides, plain JSON. Times are ISO 8601 UTC. */
export type JudgedFacts = {
  now: string
  orderTotal: Money
  evidence: { source: string; observedAt: string }[]
}

/** What one budget was used for today: by currency, and '' for the number of actions. */
export type BudgetUsed = { automatic: Record<string, number>; total: Record<string, number> }

export type Counters = {
  /** Of the same order's other proposals, released or approved, within `splitDays`. */
  onOrder: SpentByKind
  /** By `per`; a proposal without a customer has no use of the customer's budget. */
  used: Record<'customer' | 'type' | 'shop', BudgetUsed>
  paused: KillScope[]
  /** What was set for the type; null: the policy's start level holds. */
  level: AutonomyLevel | null
}

/** Everything a ruling is computed from, kept with it. */
export type JudgementInputs = { judged: Judged; facts: JudgedFacts; counters: Counters }
