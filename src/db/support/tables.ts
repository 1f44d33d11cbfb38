import type { Generated } from 'kysely'
import type { Answer, AnswerOutcome, AnswerRoute, HandoffReason, HandoffResolution } from '#domain/answer.ts'
import type { Json, JsonWithDefault } from '../access/tables.ts'

/** What is stored of an answer: the hand-over is joined when read, so that its status is the present one. */
export type StoredAnswer = Omit<Answer, 'handoff'>

export type SupportTables = {
  conversations: {
    id: string
    shop: string
    session: string
    customer_id: string | null
    creation_key: string | null
    memory: JsonWithDefault<Record<string, unknown>>
    messages: Generated<number>
    events: Generated<number>
    answering_by: string | null
    answering_until: Date | null
    answering_question: string | null
    answering_attempts: Generated<number>
    topic_from: Generated<number>
    created_at: Date
    updated_at: Date
    erased_at: Date | null
  }
  handoffs: {
    id: string
    shop: string
    conversation: string
    reason: HandoffReason
    status: Generated<'waiting' | 'claimed' | 'resolved'>
    queue: string
    due_at: Date
    contact: string | null
    packet: Json<object>
    claimed_by: string | null
    claimed_at: Date | null
    resolved_at: Date | null
    created_at: Date
    resolution: HandoffResolution | null
    claimed_name: string | null
    replied_at: Date | null
    ahead: Generated<number>
    shop_open: Generated<boolean>
    opens_at: Date | null
    expected_at: Date | null
    renewed_at: Date | null
    remind_at: Date | null
    reminded_at: Date | null
    escalated_at: Date | null
    look_at: Date | null
  }
  messages: {
    id: string
    shop: string
    conversation: string
    position: number
    role: 'shopper' | 'assistant' | 'person'
    state: 'pending' | 'answered' | 'silent' | 'stopped' | 'sent' | 'erased'
    session: string | null
    client_message_id: string | null
    reply_to: string | null
    text: string
    outcome: AnswerOutcome | null
    route: AnswerRoute | null
    confidence: number | null
    answer: Json<StoredAnswer> | null
    stages: Generated<string[]>
    trace: Json<object> | null
    handoff: string | null
    trace_id: string | null
    created_at: Date
    author: string | null
    desk_message_id: string | null
    reply_mail: string | null
    seen_at: Date | null
  }
  conversation_events: {
    shop: string
    conversation: string
    sequence: number
    kind: 'message' | 'handoff'
    message: string | null
    handoff: string | null
    status: string | null
    at: Date
  }
  feedback: {
    id: string
    shop: string
    message: string
    helpful: boolean
    reason: string | null
    comment: string | null
    created_at: Date
    updated_at: Date
  }
  identity_challenges: {
    id: string
    shop: string
    session: string
    order_id: string
    salt: string
    code_hash: string | null
    attempts: Generated<number>
    solved_at: Date | null
    created_at: Date
    expires_at: Date
  }
}
