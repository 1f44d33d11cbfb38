import type { ActionKind } from '../exceptions/action.ts'
import type { ExceptionType } from '../exceptions/exception-type.ts'
import type { ActionId, CaseId, IncidentId, OrderId } from '../ids.ts'
import type { Money } from '../money.ts'
import type { Actor, Decision, Evidence, Proposal } from './proposal.ts'

/** As the HTTP contract has them. All but `resolved` are open. */
export const CASE_STATUSES = [
  'investigating',
  'awaiting_approval',
  'executing',
  'waiting',
  'resolved',
  'escalated',
  'failed',
] as const
export type CaseStatus = (typeof CASE_STATUSES)[number]

/** Why a list is ordered as it is, in points; see domain/approvals/priority.ts. */
export type Priority = { score: number; risk: number; money: number; age: number; timeLeft: number }

export type CaseRow = {
  id: CaseId
  type: ExceptionType
  status: CaseStatus
  order: OrderId
  customerId: string | null
  incidentId: IncidentId | null
  source: string
  detail: string
  /** What the reporter knew besides, e.g. a suggested address. Plain JSON. */
  data: Record<string, unknown>
  openedAt: Date
  changedAt: Date
  /** The deadline; see Policy.deadlines. */
  dueBy: Date
  /** With `waiting`: when to look again. */
  lookAgainAt: Date | null
  summary: string
  cause: string | null
  confidence: number | null
  /** Money at stake in what is proposed. */
  atStake: Money | null
  priority: Priority
  /** Why it is `escalated` or `failed`, or how it was `resolved`: a code. */
  reason: string | null
  /** Numbers the investigations of this case. */
  round: number
  remindedAt: Date | null
  escalatedAt: Date | null
  /** How many different reports of it there are. */
  reports: number
}

/** An action as the case shows it. */
export type CaseAction = {
  id: ActionId
  kind: ActionKind
  args: Record<string, unknown>
  effect: string
  status: ActionState
  receipt: string | null
  why: string | null
  money: Money | null
  reversible: boolean
  undoableUntil: Date | null
  /** The action this one takes back. */
  undoOf: ActionId | null
}

/**
 * `authorised`: nothing has left yet. `sending`: it may have. `unknown`: it left, and no answer came. `cancelled`: it never left.
 * `undone`: it succeeded and was taken back.
 */
export const ACTION_STATES = ['authorised', 'sending', 'succeeded', 'failed', 'unknown', 'cancelled', 'undone'] as const
export type ActionState = (typeof ACTION_STATES)[number]

/** What `GET /v1/cases/{id}` shows. `proposal` is the newest one that is not superseded. */
export type CaseDetail = CaseRow & {
  evidence: Evidence[]
  proposal: Proposal | null
  actions: CaseAction[]
  decisions: Decision[]
}

export type TimelineEntry = {
  at: Date
  /** A code, e.g. `opened`, `proposed`, `approved`, `action_succeeded`. */
  what: string
  by: Actor
  /** What belongs to it: ids, codes, amounts. Plain JSON without personal data. */
  details: Record<string, unknown>
}

export type Incident = {
  id: IncidentId
  /** What its cases have in common, e.g. `hub:LEJ 2026-03-04`. */
  key: string
  reason: string
  openedAt: Date
  cases: number
  openCases: number
  /** By currency. */
  atStake: Money[]
}
