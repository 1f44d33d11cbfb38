import type { ProposedAction } from '#domain/approvals/proposal.ts'
import type { Action } from '#domain/exceptions/action.ts'
import type { CaseId, OrderId, ShopId } from '#domain/ids.ts'

/** Reads the world again for a decision. Served by whoever investigates. */
export type FactCheck = {
  /**
   * Whether what the standing proposal relied on still holds. `moved`: the case was planned anew and, where there is something to
   * decide, the new revision was proposed before this returns. Throws a retryable Fault when a system does not answer.
   */
  recheck(shop: ShopId, caseId: CaseId, signal: AbortSignal): Promise<{ outcome: 'same' } | { outcome: 'moved' }>
}

/** What an edited action would do. Served by the tools. */
export type ActionTerms = {
  /** Arguments checked and completed, effect in words, money. `refused`: `problems` say which argument is wrong. */
  describe(
    shop: ShopId,
    order: OrderId,
    action: Action,
    signal: AbortSignal,
  ): Promise<
    | { outcome: 'described'; action: ProposedAction }
    | { outcome: 'refused'; problems: { path: string; message: string }[] }
  >
}
