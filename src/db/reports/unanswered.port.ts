import type { DocumentId, MessageId, ShopId } from '#domain/ids.ts'

/** Why a question counts as unanswered. `unhelpful`: it was answered, and the shopper said that this did not help. */
export type UnansweredReason = 'low_confidence' | 'out_of_scope' | 'declined' | 'clarification_ignored' | 'unhelpful'

/** `documents` are those retrieval found nearest at the time, best first, at most five; `locale` (BCP 47) is the session's. */
export type UnansweredQuestion = {
  id: MessageId
  text: string
  locale: string | null
  askedAt: Date
  reason: UnansweredReason
  documents: DocumentId[]
}

export type UnansweredReport = {
  /**
   * Questions asked since `since`, the newest first, at most `limit`; never one that was erased or dismissed. A clarification counts as
   * ignored when nothing followed it and it was asked before `settledBefore`.
   */
  questions(
    shop: ShopId,
    window: { since: Date; settledBefore: Date; limit: number },
    signal: AbortSignal,
  ): Promise<UnansweredQuestion[]>
  /** These questions are not among them any more. Those that are erased or gone meanwhile are left out. */
  dismiss(shop: ShopId, messages: MessageId[], at: Date, signal: AbortSignal): Promise<void>
  /** Present titles, without what is not in force any more. */
  titles(shop: ShopId, ids: DocumentId[], signal: AbortSignal): Promise<Map<DocumentId, string>>
}
