import { sql } from 'kysely'
import type { OrderCard } from '#domain/answer.ts'
import type { ConversationId } from '#domain/ids.ts'
import { customerId, orderId } from '#domain/ids.ts'
import type { DatabaseTransaction } from '../database.ts'
import type { HandoffMaterial } from './handoffs.port.ts'

/** A packet holds no more of the transcript than this, the newest. */
const MESSAGES = 200
/** Traces are large, and what was looked up long ago tells little: those of the newest messages are read. */
const TRACED = 40

/** See HandoffStore.material. */
export async function materialOf(
  transaction: DatabaseTransaction,
  id: ConversationId,
): Promise<HandoffMaterial | null> {
  const conversation = await transaction
    .selectFrom('conversations')
    .leftJoin('sessions', 'sessions.id', 'conversations.session')
    .select([
      'topic_from',
      'messages as count',
      'sessions.customer_id',
      'customer_name',
      'customer_email',
      'locale',
      'unlocked_orders',
    ])
    .where('conversations.id', '=', id)
    .where('erased_at', 'is', null)
    .executeTakeFirst()
  if (!conversation) return null
  const newest = await transaction
    .selectFrom('messages')
    .select(['role', 'text', 'created_at', 'outcome', 'stages', 'answer', 'position'])
    .select(
      sql<Record<string, unknown> | null>`case when position > ${conversation.count - TRACED} then trace end`.as(
        'trace',
      ),
    )
    .where('conversation', '=', id)
    .where('state', '<>', 'erased')
    .orderBy('position', 'desc')
    .limit(MESSAGES)
    .execute()
  const messages = newest.reverse()
  // An earlier topic is in the transcript; what was tried and shown for it is not of this one.
  const answers = messages.filter(({ role, position }) => role === 'assistant' && position > conversation.topic_from)
  return {
    transcript: messages
      .filter(({ text }) => text !== '')
      .map(({ role, text, created_at }) => ({ role, text, at: created_at.toISOString() })),
    orders: newestByOrder(answers.flatMap(({ answer }) => answer?.orders ?? [])),
    provenOrders: (conversation.unlocked_orders ?? []).map(orderId),
    identity: {
      customerId: conversation.customer_id === null ? null : customerId(conversation.customer_id),
      name: conversation.customer_name,
      email: conversation.customer_email,
    },
    locale: conversation.locale,
    turns: answers.map(({ text, outcome, stages, answer, trace }) => ({
      text,
      outcome,
      stages,
      citations: (answer?.citations ?? []).map(({ documentId, title, url, quote }) => ({
        documentId,
        title,
        url,
        quote,
      })),
      trace: trace ?? {},
    })),
  }
}

function newestByOrder(cards: OrderCard[]): OrderCard[] {
  return [...new Map(cards.map((card) => [card.orderId, card])).values()]
}
