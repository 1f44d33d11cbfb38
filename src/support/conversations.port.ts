import type { Session } from '#db/access/sessions.port.ts'
import type { Readers } from '#db/desk/mail/readers.port.ts'
import type { ConversationEvent, Feedback, Owner, Transcript } from '#db/support/conversations.port.ts'
import type { HandoffNotice } from '#domain/answer.ts'
import type { ConversationId, MessageId } from '#domain/ids.ts'

/** Conversations of a shopper besides asking. What is not theirs is `null`, like what does not exist. */
export type Conversations = {
  /** The same `creationKey` in one session gives the same conversation. */
  open(owner: Owner, creationKey: string | null, signal: AbortSignal): Promise<ConversationId>
  transcript(owner: Owner, id: ConversationId, signal: AbortSignal): Promise<Transcript | null>
  /** The shopper's page has shown message `upTo` and all before it; sending them to it is not enough. May come twice and in any order. */
  seen(owner: Owner, id: ConversationId, upTo: MessageId, signal: AbortSignal): ReturnType<Readers['seen']>
  /** Everything after event `after` (0: from the start), then live until the signal aborts. */
  follow(
    owner: Owner,
    id: ConversationId,
    after: number,
    signal: AbortSignal,
  ): Promise<AsyncIterable<ConversationEvent> | null>
  /** Hands the conversation to a person, without argument; a second wish joins the first. */
  askForPerson(
    session: Session,
    id: ConversationId,
    wish: { reason: string | null; contact: string | null },
    signal: AbortSignal,
  ): Promise<HandoffNotice | null>
  /** Can be said again and differently; the last counts. */
  rate(
    owner: Owner,
    message: MessageId,
    feedback: { helpful: boolean; reason: string | null; comment: string | null },
    signal: AbortSignal,
  ): Promise<Feedback | null>
}
