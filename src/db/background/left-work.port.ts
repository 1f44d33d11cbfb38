import type { ConversationId, ShopId } from '#domain/ids.ts'

/** What processes left behind that ended without warning. */
export type LeftWork = {
  /**
   * Ends every hold and lease of the shop, running or not, and gives how many there were. Only for an instance that knows
   * itself alone on its database: another process's work would be done twice.
   */
  releaseHolds(shop: ShopId, at: Date, signal: AbortSignal): Promise<number>
  /** Conversations with a question without an answer that nobody holds at `at`; the one that waits longest first. */
  waiting(shop: ShopId, at: Date, signal: AbortSignal): Promise<ConversationId[]>
}
