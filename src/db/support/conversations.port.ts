import type { Answer, HandoffNotice } from '#domain/answer.ts'
import type { ConversationId, CustomerId, MessageId, SessionId, ShopId } from '#domain/ids.ts'

/** Whose conversations: those of the session, and those of the same proven customer in other sessions. */
export type Owner = { shop: ShopId; session: SessionId; customer: CustomerId | null }

export type Feedback = { helpful: boolean; reason: string | null; comment: string | null; at: Date }

/** `silent`: a person has the conversation, so nothing answered. `stopped`: the shopper stopped the answer. `author`: the name a person shows. `answer` is set for the assistant's messages alone. */
export type TranscriptMessage = {
  id: MessageId
  role: 'shopper' | 'assistant' | 'person'
  state: 'pending' | 'answered' | 'silent' | 'stopped' | 'sent'
  text: string
  author: string | null
  clientMessageId: string | null
  at: Date
  answer: Answer | null
  feedback: Feedback | null
}

/** `lastEvent` is the sequence of the newest event that the transcript already shows. */
export type Transcript = {
  id: ConversationId
  createdAt: Date
  updatedAt: Date
  messages: TranscriptMessage[]
  /** The newest hand-over, open or not. */
  handoff: HandoffNotice | null
  lastEvent: number
}

export type ConversationEvent = { sequence: number; at: Date } & (
  | { kind: 'message'; message: TranscriptMessage }
  | { kind: 'handoff'; handoff: HandoffNotice }
)

/** Conversations as their shopper sees them. An unknown, an erased and somebody else's conversation are the same `null`. */
export type ConversationStore = {
  /** The same `creationKey` in one session gives the conversation it made before. */
  create(
    owner: Owner,
    made: { id: ConversationId; creationKey: string | null; at: Date },
    signal: AbortSignal,
  ): Promise<ConversationId>
  transcript(owner: Owner, id: ConversationId, signal: AbortSignal): Promise<Transcript | null>
  /** What happened after the event numbered `after`, in order, at most `limit`. Messages are as they are now. */
  events(
    owner: Owner,
    id: ConversationId,
    after: number,
    limit: number,
    signal: AbortSignal,
  ): Promise<ConversationEvent[] | null>
  /** Stores or replaces what the shopper thinks of one answer; null when it is no answer of theirs. */
  rate(
    owner: Owner,
    message: MessageId,
    feedback: { id: string } & Feedback,
    signal: AbortSignal,
  ): Promise<Feedback | null>
}
