import { type ExpressionBuilder, type Selectable, sql } from 'kysely'
import type { Answer } from '#domain/answer.ts'
import type { ConversationId, MessageId, ShopId } from '#domain/ids.ts'
import type { DatabaseTransaction, Tables } from '../database.ts'
import { NOTICE_COLUMNS, type NoticeRow, notice, noticeJson } from '../desk/handoff-rows.ts'
import { citedAsOf } from './cited-passages.ts'
import type { Owner, Transcript, TranscriptMessage } from './conversations.port.ts'
import type { QuestionState } from './questions.port.ts'
import type { StoredAnswer, SupportTables } from './tables.ts'

/** For `where`: a conversation of this session or of the same proven customer, and not erased. */
export function ownedBy(owner: Owner) {
  return (where: ExpressionBuilder<Tables, 'conversations'>) =>
    where.and([
      where('conversations.erased_at', 'is', null),
      where.or([
        where('conversations.session', '=', owner.session),
        ...(owner.customer === null ? [] : [where('conversations.customer_id', '=', owner.customer)]),
      ]),
    ])
}

/** Holds the row of the owner's conversation until the commit: undefined for anybody else's, and once it was erased. */
export function lockOwned(transaction: DatabaseTransaction, owner: Owner, conversation: ConversationId) {
  return transaction
    .selectFrom('conversations')
    .select('id')
    .where('conversations.id', '=', conversation)
    .where(ownedBy(owner))
    .forUpdate()
    .executeTakeFirst()
}

/** Messages with their answer's hand-over as it is now, and the feedback on them, in order. */
export function messageRows(transaction: DatabaseTransaction) {
  return transaction
    .selectFrom('messages')
    .leftJoin('handoffs', 'handoffs.id', 'messages.handoff')
    .leftJoin('feedback', 'feedback.message', 'messages.id')
    .select([
      'messages.id',
      'messages.conversation',
      'messages.role',
      'messages.state',
      'messages.text',
      'messages.client_message_id',
      'messages.desk_message_id',
      'messages.created_at',
      'messages.answer',
      'messages.stages',
      'messages.reply_to',
      'messages.author',
      noticeJson.as('handoff_notice'),
      'feedback.helpful',
      'feedback.reason as feedback_reason',
      'feedback.comment as feedback_comment',
      'feedback.updated_at as feedback_at',
    ])
    .where('messages.state', '<>', 'erased')
    .orderBy('messages.position')
}

export type MessageRow = Awaited<ReturnType<ReturnType<typeof messageRows>['executeTakeFirstOrThrow']>>

/** Messages as they are shown at `at`; their citations say how they stand by then. */
export async function readMessages(
  transaction: DatabaseTransaction,
  rows: MessageRow[],
  at: Date,
): Promise<TranscriptMessage[]> {
  const messages = rows.map(readMessage)
  const answers = await citedAsOf(
    transaction,
    messages.flatMap(({ answer }) => answer ?? []),
    at,
  )
  const byId = new Map(answers.map((answer) => [answer.id, answer]))
  return messages.map((message) => ({ ...message, answer: byId.get(message.id) ?? null }))
}

function readMessage(row: MessageRow): TranscriptMessage {
  return {
    id: row.id as MessageId,
    role: row.role,
    state: row.state as TranscriptMessage['state'],
    text: row.text,
    author: row.author,
    // Whoever sent it knows it by this: a shopper's page its question, the desk its reply.
    clientMessageId: row.client_message_id ?? row.desk_message_id,
    at: row.created_at,
    answer: row.answer ? readAnswer(row.answer, row.handoff_notice) : null,
    feedback:
      row.helpful === null || row.feedback_at === null
        ? null
        : { helpful: row.helpful, reason: row.feedback_reason, comment: row.feedback_comment, at: row.feedback_at },
  }
}

/** An answer stored before there were images, cases on orders, related pages or stops simply has none. */
const NONE_OF_IT = { related: [], needs: null, stopped: false }

function readAnswer(stored: StoredAnswer, handoff: NoticeRow | null): Answer {
  return {
    ...NONE_OF_IT,
    ...stored,
    citations: stored.citations.map((citation) => ({
      ...citation,
      language: citation.language ?? null,
      field: citation.field ?? null,
    })),
    products: stored.products.map((card) => ({ ...card, image: card.image ?? null })),
    orders: stored.orders.map((card) => ({
      ...card,
      nextExpected: card.nextExpected ?? null,
      cases: card.cases ?? [],
    })),
    handoff: handoff && notice(handoff),
  }
}

export async function readTranscript(
  transaction: DatabaseTransaction,
  conversation: Pick<Selectable<SupportTables['conversations']>, 'id' | 'created_at' | 'updated_at' | 'events'>,
  at: Date,
): Promise<Transcript> {
  const messages = await messageRows(transaction).where('messages.conversation', '=', conversation.id).execute()
  const handoff = await transaction
    .selectFrom('handoffs')
    .select(NOTICE_COLUMNS)
    .where('conversation', '=', conversation.id)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return {
    id: conversation.id as ConversationId,
    createdAt: conversation.created_at,
    updatedAt: conversation.updated_at,
    messages: await readMessages(transaction, messages, at),
    handoff: handoff ? notice(handoff) : null,
    lastEvent: conversation.events,
  }
}

export type NewEvent = { kind: 'message'; message: MessageId } | { kind: 'handoff'; handoff: string; status: string }

/** Counts messages and events of a conversation on (its row is locked by this), and gives the newest numbers. */
export async function advance(
  transaction: DatabaseTransaction,
  conversation: ConversationId,
  by: { messages: number; events: number; memory?: Record<string, unknown> },
  at: Date,
): Promise<{ position: number; lastEvent: number }> {
  return transaction
    .updateTable('conversations')
    .set((column) => ({
      messages: column('messages', '+', by.messages),
      events: column('events', '+', by.events),
      updated_at: at,
      ...(by.memory ? { memory: JSON.stringify(by.memory) } : {}),
    }))
    .where('id', '=', conversation)
    .returning(['messages as position', 'events as lastEvent'])
    .executeTakeFirstOrThrow()
}

/** Stores events, the newest numbered `lastEvent`, and knocks on `conversation` at commit. */
export async function insertEvents(
  transaction: DatabaseTransaction,
  shop: ShopId,
  conversation: ConversationId,
  lastEvent: number,
  at: Date,
  events: NewEvent[],
): Promise<void> {
  await transaction
    .insertInto('conversation_events')
    .values(
      events.map((event, index) => ({
        shop,
        conversation,
        sequence: lastEvent - events.length + 1 + index,
        kind: event.kind,
        message: event.kind === 'message' ? event.message : null,
        handoff: event.kind === 'handoff' ? event.handoff : null,
        status: event.kind === 'handoff' ? event.status : null,
        at,
      })),
    )
    .returning(sql`pg_notify('conversation', ${`${shop}:${conversation}`})`.as('knock'))
    .execute()
}

/** Both at once, for events that are no new messages. */
export async function recordEvents(
  transaction: DatabaseTransaction,
  shop: ShopId,
  conversation: ConversationId,
  at: Date,
  events: NewEvent[],
): Promise<void> {
  const { lastEvent } = await advance(transaction, conversation, { messages: 0, events: events.length }, at)
  await insertEvents(transaction, shop, conversation, lastEvent, at, events)
}

/** What has become of a question. */
export async function readState(
  transaction: DatabaseTransaction,
  question: MessageId,
  at: Date,
): Promise<QuestionState> {
  const asked = await transaction
    .selectFrom('messages')
    .select(['state', 'conversation', 'trace_id'])
    .where('id', '=', question)
    .executeTakeFirst()
  if (!asked || asked.state === 'erased') return { state: 'erased' }
  if (asked.state === 'pending') return { state: 'pending' }
  if (asked.state === 'silent') {
    const handoff = await transaction
      .selectFrom('handoffs')
      .selectAll()
      .where('conversation', '=', asked.conversation)
      .orderBy('created_at', 'desc')
      .limit(1)
      .executeTakeFirst()
    return {
      state: 'silent',
      conversation: asked.conversation as ConversationId,
      traceId: asked.trace_id ?? '',
      handoff: handoff ? notice(handoff) : null,
    }
  }
  const reply = await messageRows(transaction).where('messages.reply_to', '=', question).executeTakeFirst()
  if (!reply?.answer) return { state: 'erased' }
  const [answer] = await citedAsOf(transaction, [readAnswer(reply.answer, reply.handoff_notice)], at)
  return answer ? { state: 'answered', answer, stages: reply.stages } : { state: 'erased' }
}
