import type { ActionKind } from '../exceptions/action.ts'
import type { ExceptionType } from '../exceptions/exception-type.ts'
import type { ShopLimits } from '../exceptions/limits.ts'
import type { Role } from '../roles.ts'

/** What policy says of an action kind or an exception type. `forbid`: it is never done through Purser; a person takes the case. */
export const MODES = ['auto', 'approve', 'forbid'] as const
export type Mode = (typeof MODES)[number]

/**
 * How much is left to Purser for one exception type, least first. `off`: a person takes every case. `shadow`: the same,
 * but for waiting and closing what is solved, and what Purser would have done is kept beside what the person did. `suggest`: everything needs approval. `auto`: policy decides.
 */
export const AUTONOMY_LEVELS = ['off', 'shadow', 'suggest', 'auto'] as const
export type AutonomyLevel = (typeof AUTONOMY_LEVELS)[number]

/** Minor units by ISO 4217 currency; `*` stands for every currency that is not named. A currency that is neither named nor covered has no amount at all. */
export type Amounts = Record<string, number>

/** What an action's limit is measured by: the money it moves, or the total of its order (an address decides where all of it goes). */
export type LimitBasis = 'money' | 'order_total'

export type ActionRule = {
  mode: Mode
  basis: LimitBasis
  /** Inclusive; above it a person decides. Null: no amount limit. */
  autoMax: Amounts | null
  /** Inclusive; above it nobody may, through Purser. Null: no such limit. */
  neverAbove: Amounts | null
}

export type TypeRule = {
  mode: Mode
  /** 0–1: below it a person decides. */
  minConfidence: number
  /** Kinds that this type treats more strictly than `actions` does; never less strictly. */
  actions: Partial<Record<ActionKind, Mode>>
}

/** Evidence that automatic actions of these kinds need: at least one fact of `source` (`*`: of any), observed at most so long before. */
export type EvidenceRule = { kinds: ActionKind[] | 'money'; source: string; maxAgeMinutes: number }

/** Money and number of actions a UTC day. `automatic` binds what no person approved, `total` everything. Null: no limit. */
export type Budget = {
  per: 'customer' | 'type' | 'shop'
  automatic: { amount: Amounts | null; count: number | null }
  total: { amount: Amounts | null; count: number | null }
}

/** `upTo` is inclusive. The last step has null: any amount. */
export type RoleStep = { upTo: Amounts | null; role: Role }

/** Local times `HH:MM` in `timeZone` (IANA); `from` after `to` goes over midnight. */
export type QuietHours = { timeZone: string; from: string; to: string; kinds: ActionKind[] }

/** A shop's policy: who decides what. Plain JSON; every version is kept. */
export type Policy = {
  limits: ShopLimits
  actions: Record<ActionKind, ActionRule>
  types: Record<ExceptionType, TypeRule>
  evidence: EvidenceRule[]
  budgets: Budget[]
  /** Who may approve, by the money at stake; the first step that covers it. */
  roles: RoleStep[]
  /** From this sum on (exclusive) two different people approve, neither of whom proposed it. Null: never. */
  fourEyesAbove: Amounts | null
  /** Days of an order's earlier actions that count together with a proposal, so that no limit is passed in halves. */
  splitDays: number
  /** Kinds that may be done without a person although they cannot be taken back. */
  irreversibleAuto: ActionKind[]
  quietHours: QuietHours | null
  undo: {
    /** Seconds between authorisation and the effect, in which it can be called off. */
    delaySeconds: number
    /** Hours after success in which a reversible action can be taken back. */
    windowHours: number
  }
  proposals: { expireAfterMinutes: number }
  deadlines: {
    /** Hours from opening a case to its deadline, by type; `*` for the rest. */
    hours: Record<string, number>
    /** Shares (0–1) of that time after which the reminder and the escalation come. */
    remindAt: number
    escalateAt: number
    /** What is done at the deadline when nobody decided: a reversible action, or nothing. */
    fallback: 'hold_order' | 'nothing'
  }
  autonomy: {
    start: Record<ExceptionType, AutonomyLevel>
    promotion: {
      /** Decisions of people that are looked at, newest first; fewer are not enough. */
      sample: number
      /** Agreement with people that the lower 95 % limit has to reach. */
      minAgreement: number
    }
    /** Actions of a type that failed or were undone in a day, from which on it falls back to `suggest`. */
    demoteAtErrors: number
  }
}

/** What a switch stops: everything of the shop, an action kind, or an exception type. Written `shop`, `action:refund`, `type:fraud_hold`. */
export type KillScope = 'shop' | `action:${ActionKind}` | `type:${ExceptionType}`
