import type { Action, ActionKind, Verdict } from '../exceptions/action.ts'
import type { ExceptionType } from '../exceptions/exception-type.ts'
import type { RememberedCase } from '../exceptions/remembered-case.ts'
import type { CaseId, OrderId, ProposalId } from '../ids.ts'
import type { Money } from '../money.ts'
import type { Role } from '../roles.ts'

/** A fact a proposal rests on. `observedAt` is when its source was asked. Plain JSON. */
export type Evidence = { id: string; source: string; fact: string; observedAt: string; url?: string }

/** An action as it is shown: what it does in words, whether it can be taken back, and what it costs. */
export type ProposedAction = Action & { effect: string; reversible: boolean; money: Money | null }

/** Another way out, for the person who decides. */
export type Alternative = { summary: string; actions: ProposedAction[] }

/** The state of a system a plan was made from. */
export type ReliedOn = { system: string; version: number | string }

/** What an investigation puts before policy. Plain JSON. */
export type ProposalDraft = {
  caseId: CaseId
  order: OrderId
  currency: string
  /** The total of the order, minor units of `currency`. */
  orderTotal: number
  customerId: string | null
  cause: string
  /** 0–1. */
  confidence: number
  summary: string
  evidence: Evidence[]
  actions: ProposedAction[]
  alternatives: Alternative[]
  reliedOn: ReliedOn[]
  /** What the type's own rules ask for; policy may only be stricter. */
  wants: Verdict
  /** ISO; when to look again, with `wants: 'wait'`. */
  lookAgainAt: string | null
  /** What happens when nobody acts, in words. */
  otherwise?: string
  /** The policy's reversible default because nobody decided in time: it needs no person where policy names its kind. */
  fallback?: boolean
  /** Words to find the case by: SKUs, tracking numbers, the carrier. No names, no addresses. */
  keywords?: string[]
  /** The case without anybody in it, to be learnt from once a person refuses; null: it cannot be told so. Not shown. */
  remembered?: RememberedCase | null
}

/** The rule that decided: its id, the policy's version, and the value that crossed its threshold. */
export type Rule = {
  id: string
  /** Policy version. */
  version: number
  text: string
  decision: Verdict | 'forbid'
  threshold: string | null
  value: string | null
}

/** What `decide` says. `rule` is the strictest of `fired`; nothing fired: `policy.allows`. */
export type Ruling = {
  verdict: Verdict
  rule: Rule
  fired: Rule[]
  role: Role
  fourEyes: boolean
}

/** Who did something: a person of the shop, a key, or Purser itself. */
export type Actor = { id: string; name: string; role: Role | null }
export const PURSER: Actor = { id: 'purser', name: 'Purser', role: null }

/**
 * `standing`: may be decided. `released`: automatic. `approved`, `rejected`, `escalated`: what a person said. `sent_back`: with a
 * question. `superseded`: a newer revision or an edited form is there. `expired`: nobody decided. `blocked`: policy left it to a
 * person. `waiting`: nothing to do yet. `failed`: an action of it failed.
 */
export type ProposalState =
  | 'standing'
  | 'released'
  | 'approved'
  | 'rejected'
  | 'escalated'
  | 'sent_back'
  | 'superseded'
  | 'expired'
  | 'blocked'
  | 'waiting'
  | 'failed'

export type Proposal = {
  id: ProposalId
  caseId: CaseId
  order: OrderId
  type: ExceptionType
  revision: number
  /** SHA-256 of exactly what is shown; what an approval is bound to. */
  hash: string
  state: ProposalState
  summary: string
  cause: string
  confidence: number
  evidence: Evidence[]
  actions: ProposedAction[]
  alternatives: Alternative[]
  reliedOn: ReliedOn[]
  otherwise: string | null
  /** All money of its actions; null without any. */
  total: Money | null
  ruling: Ruling
  policyVersion: number
  proposedBy: Actor
  /** The proposal this is the edited form of. */
  editedFrom: ProposalId | null
  createdAt: Date
  expiresAt: Date
}

export const REJECTION_REASONS = [
  'wrong_cause',
  'wrong_action',
  'wrong_amount',
  'facts_outdated',
  'customer_contacted',
  'no_action_needed',
  'suspected_fraud',
  'other',
] as const
export type RejectionReason = (typeof REJECTION_REASONS)[number]

export type DecisionKind = 'approve' | 'edit' | 'reject' | 'escalate' | 'ask'

/** What an operator sends. `hash` is that of the proposal they saw; `edits` is the whole list of actions as it is to be. */
export type DecisionRequest = {
  decision: DecisionKind
  proposalHash: string
  edits?: { actions: Action[] }
  reasonCode?: RejectionReason
  note?: string
  /** Milliseconds from showing to deciding, and how many facts were opened; told by the console, kept as figures. */
  tookMs?: number
  evidenceOpened?: number
}

export type Decision = {
  id: `dec_${string}`
  proposal: ProposalId
  hash: string
  decision: DecisionKind
  by: Actor
  reasonCode: RejectionReason | null
  note: string | null
  /** False for the first approval of two. */
  final: boolean
  at: Date
}

/** A decision as it is written down, with the figures of how it was made. */
export type StoredWord = Pick<Decision, 'id' | 'decision' | 'by' | 'final' | 'at'> &
  Pick<DecisionRequest, 'reasonCode' | 'note' | 'tookMs' | 'evidenceOpened'>

/** An amount already spent on an order, by kind, that a limit counts together with a proposal's. */
export type SpentByKind = Partial<Record<ActionKind, Record<string, number>>>
