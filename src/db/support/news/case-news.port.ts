import type { CaseId, ConversationId, CustomerId, MessageId, OrderId, ShopId } from '#domain/ids.ts'
import type { StoredAnswer } from '../tables.ts'

/** A case a shopper brought about in a conversation, which has changed since it was looked at. */
export type ChangedCase = {
  caseId: CaseId
  changedAt: Date
  conversation: ConversationId
  /** Who the conversation is proven to be of. */
  customer: CustomerId | null
  unlockedOrders: OrderId[]
  /** BCP 47 of what the assistant said then; null where nobody knows. */
  language: string | null
}

export type CaseNewsStore = {
  /** Cases that are over, with a person, or waiting, since `since`, oldest change first; none of a conversation that a person has. */
  changed(shop: ShopId, since: Date, limit: number, signal: AbortSignal): Promise<ChangedCase[]>
  /**
   * Writes `news` into the conversation as the assistant's, unless its state was the last told, and forgets what a yes would have
   * confirmed there; null: nothing to tell. Either way the case counts as looked at. True when it was written: once a state, however often and from wherever it is called.
   */
  tell(
    shop: ShopId,
    one: ChangedCase,
    news: { state: string; answer: Omit<StoredAnswer, 'conversationId'> & { id: MessageId } } | null,
    at: Date,
    signal: AbortSignal,
  ): Promise<boolean>
}
