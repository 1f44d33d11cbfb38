import type { ConversationId, MessageId } from '#domain/ids.ts'
import { customerId, orderId } from '#domain/ids.ts'
import type { DatabaseTransaction } from '../database.ts'
import type { ClaimOutcome, PendingQuestion } from './questions.port.ts'

/** How many messages the assistant is shown of what was said before. */
const HISTORY = 20

/** The oldest question without an answer, held for the lease's holder; see QuestionStore. */
export async function claimNext(
  transaction: DatabaseTransaction,
  conversation: ConversationId,
  lease: { holder: string; at: Date; until: Date },
): Promise<ClaimOutcome> {
  const row = await lock(transaction, conversation)
  const pending = await transaction
    .selectFrom('messages')
    .leftJoin('sessions', 'sessions.id', 'messages.session')
    .select(['messages.id', 'messages.text', 'messages.position', 'messages.created_at', 'messages.trace_id'])
    .select([
      'sessions.customer_id',
      'sessions.customer_name',
      'sessions.customer_email',
      'sessions.unlocked_orders',
      'locale',
      'region',
      'channel',
    ])
    .where('messages.conversation', '=', conversation)
    .where('messages.state', '=', 'pending')
    .orderBy('messages.position')
    .limit(1)
    .executeTakeFirst()
  if (!row || !pending) {
    if (row?.answering_by === lease.holder)
      await transaction
        .updateTable('conversations')
        .set({ answering_by: null, answering_until: null })
        .where('id', '=', conversation)
        .execute()
    return { outcome: 'idle' }
  }
  const held =
    row.answering_by !== null &&
    row.answering_by !== lease.holder &&
    row.answering_until !== null &&
    row.answering_until > lease.at
  if (held && row.answering_until) return { outcome: 'busy', until: row.answering_until }
  const attempts = row.answering_question === pending.id ? row.answering_attempts + 1 : 1
  await transaction
    .updateTable('conversations')
    .set({
      answering_by: lease.holder,
      answering_until: lease.until,
      answering_question: pending.id,
      answering_attempts: attempts,
    })
    .where('id', '=', conversation)
    .execute()
  const history = await readHistory(transaction, conversation, row.topic_from, pending.position)
  const audience = { locale: pending.locale, region: pending.region, channel: pending.channel }
  const question: PendingQuestion = {
    message: pending.id as MessageId,
    text: pending.text,
    at: pending.created_at,
    traceId: pending.trace_id ?? '',
    customer:
      pending.customer_id === null
        ? null
        : { id: customerId(pending.customer_id), name: pending.customer_name, email: pending.customer_email },
    unlockedOrders: (pending.unlocked_orders ?? []).map(orderId),
    audience: Object.fromEntries(Object.entries(audience).filter(([, value]) => value !== null)),
    history,
    memory: row.memory,
    personHasIt: await personHas(transaction, conversation),
    attempts,
  }
  return { outcome: 'claimed', question }
}

/** Whether a person has claimed the conversation, so that the assistant stays silent. */
export async function personHas(transaction: DatabaseTransaction, conversation: ConversationId): Promise<boolean> {
  const claimed = await transaction
    .selectFrom('handoffs')
    .select('id')
    .where('conversation', '=', conversation)
    .where('status', '=', 'claimed')
    .executeTakeFirst()
  return claimed !== undefined
}

/** One conversation is one line of events: whoever changes it holds its row until the commit. */
export function lock(transaction: DatabaseTransaction, conversation: ConversationId) {
  return transaction
    .selectFrom('conversations')
    .selectAll()
    .where('id', '=', conversation)
    .forUpdate()
    .executeTakeFirst()
}

/** What was said of the topic that began after `topicFrom`, before the message at `position`; oldest first, at most the last 20. */
async function readHistory(
  transaction: DatabaseTransaction,
  conversation: ConversationId,
  topicFrom: number,
  position: number,
): Promise<PendingQuestion['history']> {
  const earlier = await transaction
    .selectFrom('messages')
    .select(['role', 'text', 'outcome', 'route'])
    .where('conversation', '=', conversation)
    .where('position', '>', topicFrom)
    // An answer may have a later position than the question that waited for it: questions are stored at once, answered in turn.
    .where((row) => row.or([row('position', '<', position), row('role', '<>', 'shopper')]))
    .where('state', '<>', 'erased')
    // What was told unasked answers nobody: a person's word before it is still what the shopper replies to.
    .where((row) => row.or([row('role', '<>', 'assistant'), row('reply_to', 'is not', null)]))
    // Where the shopper stopped before anything was said, nothing was said.
    .where((row) => row.or([row('state', '<>', 'stopped'), row('text', '<>', '')]))
    .orderBy('position', 'desc')
    .limit(HISTORY)
    .execute()
  return earlier.reverse().map(({ role, text, outcome, route }) => ({
    role,
    text,
    ...(outcome ? { outcome } : {}),
    ...(route ? { route } : {}),
  }))
}
