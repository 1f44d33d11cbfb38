import type { ActionState } from '#domain/approvals/case.ts'
import type { ReliedOn } from '#domain/approvals/proposal.ts'
import type { ActionKind } from '#domain/exceptions/action.ts'
import type { ExceptionType } from '#domain/exceptions/exception-type.ts'
import type { ActionId, CaseId, OrderId, ProposalId, ShopId } from '#domain/ids.ts'
import type { Money } from '#domain/money.ts'

/** A row of the journal: all that is known of an action. */
export type ActionRow = {
  id: ActionId
  shop: ShopId
  caseId: CaseId
  proposal: ProposalId
  order: OrderId
  type: ExceptionType
  /** Actions of a proposal run in this order, from 0. */
  position: number
  kind: ActionKind
  args: Record<string, unknown>
  effect: string
  money: Money | null
  reversible: boolean
  reliedOn: ReliedOn[]
  state: ActionState
  /** `policy:12` or a decision's id; for taking back `undo:PERSON` or `compensation:WHY`. */
  authorisedBy: string
  /** No person approved it. */
  automatic: boolean
  customerId: string | null
  /** The UTC day whose budgets it counts in. */
  budgetDay: string
  /** It may leave from here on: after the undo delay and the quiet hours. */
  notBefore: Date
  /** Nobody else may be at it until then. */
  sendingUntil: Date | null
  receipt: string | null
  happenedAt: string | null
  why: string | null
  /** Whether the target system shows the effect; null: nobody looked. */
  shows: boolean | null
  /** The action this one takes back. */
  undoOf: ActionId | null
  undoableUntil: Date | null
  attempts: number
  authorisedAt: Date
  settledAt: Date | null
}
export type NewAction = Omit<
  ActionRow,
  | 'shop'
  | 'caseId'
  | 'type'
  | 'sendingUntil'
  | 'receipt'
  | 'happenedAt'
  | 'why'
  | 'shows'
  | 'attempts'
  | 'settledAt'
  | 'state'
>
