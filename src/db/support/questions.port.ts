import type { Answer, AnswerOutcome, AnswerRoute, HandoffNotice } from '#domain/answer.ts'
import type { Audience } from '#domain/document.ts'
import type { ConversationId, CustomerId, MessageId, OrderId, ShopId } from '#domain/ids.ts'
import type { NewHandoff } from '../desk/handoffs.port.ts'
import type { Owner } from './conversations.port.ts'

export type AcceptOutcome =
  | { outcome: 'accepted'; message: MessageId }
  /** The conversation has this client's message with another text. */
  | { outcome: 'other_text' }
  | { outcome: 'unknown_conversation' }

/** A message that waits for its answer, with all that is known from the session it came in. */
export type PendingQuestion = {
  message: MessageId
  text: string
  at: Date
  traceId: string
  customer: { id: CustomerId; name: string | null; email: string | null } | null
  unlockedOrders: OrderId[]
  audience: Audience
  /** Oldest first, at most the last 20. */
  history: { role: 'shopper' | 'assistant' | 'person'; text: string; outcome?: AnswerOutcome; route?: AnswerRoute }[]
  memory: Record<string, unknown>
  /** A person has claimed the conversation, so the assistant stays silent. */
  personHasIt: boolean
  /** How often its answer was begun, this time included. More than once: a process ended in the middle. */
  attempts: number
}

export type ClaimOutcome =
  | { outcome: 'claimed'; question: PendingQuestion }
  /** Another process answers in this conversation, at least until then. */
  | { outcome: 'busy'; until: Date }
  | { outcome: 'idle' }

/** What came of one question; all of it is stored in one transaction or nothing. */
export type Settlement = {
  question: MessageId
  answer: Omit<Answer, 'handoff' | 'conversationId'>
  stages: string[]
  memory: Record<string, unknown>
  trace: Record<string, unknown>
  handoff: NewHandoff | null
  at: Date
}

/** `not_needed`: the question has an answer already, was stopped or was erased; nothing was stored. */
export type SettleOutcome = { outcome: 'stored'; handoff: HandoffNotice | null } | { outcome: 'not_needed' }

/** What a stopped question gets instead of an answer; trace id and latency come from the question. */
export type Stop = { answer: Omit<Settlement['answer'], 'traceId' | 'latencyMs'>; at: Date }

export type StopOutcome =
  /** Now or before. */
  | { outcome: 'stopped'; message: MessageId }
  /** It has its answer, or a person has it. */
  | { outcome: 'too_late' }
  | { outcome: 'unknown_message' }

export type QuestionState =
  | { state: 'pending' }
  /** Also one that was stopped; its citations are as of now. */
  | { state: 'answered'; answer: Answer; stages: string[] }
  /** Left to the person who has the conversation. */
  | { state: 'silent'; conversation: ConversationId; traceId: string; handoff: HandoffNotice | null }
  | { state: 'erased' }

/** Questions and their one answer. Per conversation they are answered one at a time, in the order they were accepted. */
export type QuestionStore = {
  /** Stores the shopper's message once per `clientMessageId`; committed when it resolves. */
  accept(
    owner: Owner,
    conversation: ConversationId,
    message: { id: MessageId; clientMessageId: string; text: string; traceId: string; at: Date },
    signal: AbortSignal,
  ): Promise<AcceptOutcome>
  /** The oldest question without an answer, held by `holder` until `until` unless renewed. A hold that ran out is anyone's; `idle` ends the holder's own. */
  claimNext(
    shop: ShopId,
    conversation: ConversationId,
    lease: { holder: string; at: Date; until: Date },
    signal: AbortSignal,
  ): Promise<ClaimOutcome>
  renew(
    shop: ShopId,
    conversation: ConversationId,
    lease: { holder: string; until: Date },
    signal: AbortSignal,
  ): Promise<void>
  release(shop: ShopId, conversation: ConversationId, holder: string, signal: AbortSignal): Promise<void>
  /** Stores the answer with its trace, memory and hand-over, and says which hand-over it became part of. */
  settle(
    shop: ShopId,
    conversation: ConversationId,
    settlement: Settlement,
    signal: AbortSignal,
  ): Promise<SettleOutcome>
  /** Marks the question as left to the person who has the conversation. */
  leaveToPerson(
    shop: ShopId,
    conversation: ConversationId,
    question: MessageId,
    at: Date,
    signal: AbortSignal,
  ): Promise<void>
  state(shop: ShopId, question: MessageId, signal: AbortSignal): Promise<QuestionState>
  /**
   * Settles a question that still waits for its answer with what the shopper had seen by then: no hand-over, and the
   * conversation's memory stays as it was. Knocks on `stopped`. Either this or `settle` takes effect, never both.
   */
  stop(
    owner: Owner,
    conversation: ConversationId,
    clientMessageId: string,
    stop: Stop,
    signal: AbortSignal,
  ): Promise<StopOutcome>
}
