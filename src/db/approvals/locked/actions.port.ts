import type { ActionState } from '#domain/approvals/case.ts'
import type { ReliedOn } from '#domain/approvals/proposal.ts'
import type { ActionKind } from '#domain/exceptions/action.ts'
import type { ExceptionType } from '#domain/exceptions/exception-type.ts'
import type { ActionId, CaseId, OrderId, ProposalId, ShopId } from '#domain/ids.ts'
import type { Money } from '#domain/money.ts'

/** A row of the journal. */
export type ActionRow = {
  id: ActionId
  shop: ShopId
  caseId: CaseId
  proposal: ProposalId
  order: OrderId
  type: ExceptionType
  position: number
  kind: ActionKind
  args: Record<string, unknown>
  effect: string
  money: Money | null
  reversible: boolean
  reliedOn: ReliedOn[]
  state: ActionState
  authorisedBy: string
  /** No person approved it. */
  automatic: boolean
  customerId: string | null
  budgetDay: string
  notBefore: Date
  sendingUntil: Date | null
  receipt: string | null
  happenedAt: string | null
  why: string | null
  shows: boolean | null
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
