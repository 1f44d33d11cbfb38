import type { ShopId } from '#domain/ids.ts'

/** Conversations and resolved exceptions that are kept no longer. */
export type Retention = {
  /**
   * Blanks every text, answer, trace, name and contact of conversations in which nothing happened since `before`, and every text
   * and argument of exceptions resolved since then, at most `limit` of each in one transaction, and gives how many; that there
   * were conversations and exceptions, their counts and sums stay.
   */
  expire(shop: ShopId, before: Date, at: Date, limit: number, signal: AbortSignal): Promise<number>
}
