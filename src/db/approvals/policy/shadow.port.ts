import type { SeenAction } from '#domain/approvals/shadow.ts'
import type { ActionKind, Verdict } from '#domain/exceptions/action.ts'
import type { ExceptionType } from '#domain/exceptions/exception-type.ts'
import type { CaseId, ProposalId, ShopId } from '#domain/ids.ts'

export type ShadowDecision = {
  caseId: CaseId
  proposal: ProposalId
  type: ExceptionType
  verdict: Verdict
  would: SeenAction[]
}

/**
 * Compared cases of a type that Purser would have settled by itself, the newest `sample` of which something can be seen; by kind as
 * far as a kind would have been done.
 */
export type ShadowFigure = {
  type: ExceptionType
  compared: number
  agreed: number
  actions: { kind: ActionKind; compared: number; agreed: number }[]
}

/** What Purser would have done about cases that people took. One a case: the first plan, made before anybody did anything. */
export type ShadowStore = {
  /** Kept once; what is there stays. */
  keep(shop: ShopId, decision: ShadowDecision, signal: AbortSignal): Promise<void>
  /**
   * The case's own while it is to be compared; null once it was, where nothing of it can be seen (`would` is empty), and where a person
   * decided the case through Purser: their word counts, and what is done then is Purser's own deed.
   */
  open(shop: ShopId, caseId: CaseId, signal: AbortSignal): Promise<ShadowDecision | null>
  /** Writes down what was done, once. */
  compare(
    shop: ShopId,
    caseId: CaseId,
    outcome: { did: SeenAction[]; agreed: boolean },
    signal: AbortSignal,
  ): Promise<void>
  figures(shop: ShopId, sample: number, signal: AbortSignal): Promise<ShadowFigure[]>
}
