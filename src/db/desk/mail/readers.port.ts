import type { ConversationId, ShopId } from '#domain/ids.ts'

/** How far shoppers have been shown their conversations, known to every process. */
export type Readers = {
  /** The shopper was shown everything up to event `sequence`. Kept, and then true, only where a person has been in the conversation. */
  seen(shop: ShopId, conversation: ConversationId, sequence: number, signal: AbortSignal): Promise<boolean>
}
