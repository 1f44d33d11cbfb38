import type { Answer, AnswerRoute, HandoffReason } from '#domain/answer.ts'
import type { Audience } from '#domain/document.ts'
import type { CustomerId, MessageId, OrderId, ShopId } from '#domain/ids.ts'

export type Turn = {
  role: 'shopper' | 'assistant' | 'person'
  text: string
  outcome?: Answer['outcome']
  route?: AnswerRoute
}

/** Slots carried from turn to turn; plain JSON, since it is stored with the conversation. */
export type ConversationMemory = Record<string, unknown>

/** Identity and scope come from the session, in code; nothing in `text` can change them. */
export type QuestionInput = {
  shop: ShopId
  /** What is done for this message is done once, however often it is answered. */
  message: MessageId
  text: string
  audience: Audience
  /** Proven by a signed token; null for an anonymous session. */
  customer: CustomerId | null
  /** Orders unlocked in this session by e-mailed code. */
  unlockedOrders: OrderId[]
  history: Turn[]
  memory: ConversationMemory
  /** When the question was asked. */
  at: Date
}

/** Progress a shopper may see, in order; each is true when it is sent. */
export type ProgressStage = 'understanding' | 'looking_up_order' | 'searching' | 'reading' | 'checking' | 'handing_over'

export type AgentAnswer = Omit<Answer, 'id' | 'conversationId' | 'handoff' | 'latencyMs' | 'traceId'> & {
  /** Set exactly when `outcome` is `handed_off`. */
  handoffReason: HandoffReason | null
  /** For the person who takes over: one paragraph, and a reply they may send. */
  summary: string | null
  suggestedReply: string | null
  memory: ConversationMemory
  /** What was retrieved and tried, with the gate's signals; plain JSON, stored with the message. */
  trace: Record<string, unknown>
}

/** Answers one question of a shopper: cited, one clarification, or a hand-over. Throws Faults of its tools only after a hand-over was not possible. */
export type CustomerQuestion = {
  answer(input: QuestionInput, onProgress: (stage: ProgressStage) => void, signal: AbortSignal): Promise<AgentAnswer>
}
