import type { ShopId } from '#domain/ids.ts'

/** Conversations that are kept no longer. */
export type Retention = {
  /**
   * Blanks every text, answer, trace, name and contact of conversations in which nothing happened since `before`, at most
   * `limit` in one transaction, and gives how many; that there were conversations, and their counts, stay.
   */
  expire(shop: ShopId, before: Date, at: Date, limit: number, signal: AbortSignal): Promise<number>
}
