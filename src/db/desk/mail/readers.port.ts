import type { ConversationId, MessageId } from '#domain/ids.ts'
import type { Owner } from '../../support/conversations.port.ts'

/** What shoppers have seen of what people of the shop wrote to them, as their own pages tell it. */
export type Readers = {
  /**
   * At `at` the owner has seen message `upTo` and all before it. What was seen already stays seen at its first time, so receipts may
   * come twice and in any order. The desk hears of it when something was new.
   */
  seen(
    owner: Owner,
    conversation: ConversationId,
    upTo: MessageId,
    at: Date,
    signal: AbortSignal,
  ): Promise<{ outcome: 'seen' | 'no_conversation' | 'no_message' }>
}
