import type { ConversationId, MessageId, ShopId } from '#domain/ids.ts'
import { customerId, orderId } from '#domain/ids.ts'
import { type Database, type DatabaseTransaction, inShop } from '../database.ts'
import { openHandoff } from '../desk/handoffs.postgres.ts'
import type {
  AcceptOutcome,
  ClaimOutcome,
  PendingQuestion,
  QuestionStore,
  Settlement,
  SettleOutcome,
} from './questions.port.ts'
import {
  advance,
  insertEvents,
  type NewEvent,
  notice,
  ownedBy,
  readHistory,
  readState,
  recordEvents,
} from './transcript-rows.ts'

/** Questions in PostgreSQL. Every method that changes something locks the conversation's row first, so one conversation is one line of events. */
export function postgresQuestions(database: Database): QuestionStore {
  return {
    accept: (owner, conversation, { id, clientMessageId, text, traceId, at }, signal) =>
      inShop(database, owner.shop, signal, async (transaction): Promise<AcceptOutcome> => {
        const found = await transaction
          .selectFrom('conversations')
          .select('id')
          .where('conversations.id', '=', conversation)
          .where(ownedBy(owner))
          .forUpdate()
          .executeTakeFirst()
        if (!found) return { outcome: 'unknown_conversation' }
        const before = await transaction
          .selectFrom('messages')
          .select(['id', 'text'])
          .where('conversation', '=', conversation)
          .where('client_message_id', '=', clientMessageId)
          .executeTakeFirst()
        if (before)
          return before.text === text
            ? { outcome: 'accepted', message: before.id as MessageId }
            : { outcome: 'other_text' }
        const { position, lastEvent } = await advance(transaction, conversation, { messages: 1, events: 1 }, at)
        await transaction
          .insertInto('messages')
          .values({
            id,
            conversation,
            position,
            shop: owner.shop,
            role: 'shopper',
            state: 'pending',
            session: owner.session,
            client_message_id: clientMessageId,
            text,
            trace_id: traceId,
            created_at: at,
          })
          .execute()
        await insertEvents(transaction, owner.shop, conversation, lastEvent, at, [{ kind: 'message', message: id }])
        return { outcome: 'accepted', message: id }
      }),
    claimNext: (shop, conversation, lease, signal) =>
      inShop(database, shop, signal, (transaction) => claimNext(transaction, conversation, lease)),
    async renew(shop, conversation, { holder, until }, signal) {
      await inShop(database, shop, signal, (transaction) =>
        transaction
          .updateTable('conversations')
          .set({ answering_until: until })
          .where('id', '=', conversation)
          .where('answering_by', '=', holder)
          .execute(),
      )
    },
    async release(shop, conversation, holder, signal) {
      await inShop(database, shop, signal, (transaction) =>
        transaction
          .updateTable('conversations')
          .set({ answering_by: null, answering_until: null })
          .where('id', '=', conversation)
          .where('answering_by', '=', holder)
          .execute(),
      )
    },
    settle: (shop, conversation, settlement, signal) =>
      inShop(database, shop, signal, (transaction) => settle(transaction, shop, conversation, settlement)),
    async leaveToPerson(shop, conversation, question, at, signal) {
      await inShop(database, shop, signal, async (transaction) => {
        await lock(transaction, conversation)
        await transaction
          .updateTable('messages')
          .set({ state: 'silent' })
          .where('id', '=', question)
          .where('state', '=', 'pending')
          .execute()
        await recordEvents(transaction, shop, conversation, at, [{ kind: 'message', message: question }])
      })
    },
    state: (shop, question, signal) =>
      inShop(database, shop, signal, (transaction) => readState(transaction, question)),
  }
}

async function claimNext(
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
  const history = await readHistory(transaction, conversation, pending.position)
  const claimed = await transaction
    .selectFrom('handoffs')
    .select('id')
    .where('conversation', '=', conversation)
    .where('status', '=', 'claimed')
    .executeTakeFirst()
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
    personHasIt: claimed !== undefined,
    attempts,
  }
  return { outcome: 'claimed', question }
}

async function settle(
  transaction: DatabaseTransaction,
  shop: ShopId,
  conversation: ConversationId,
  settlement: Settlement,
): Promise<SettleOutcome> {
  const { question, answer, stages, memory, trace, handoff, at } = settlement
  await lock(transaction, conversation)
  const marked = await transaction
    .updateTable('messages')
    .set({ state: 'answered' })
    .where('id', '=', question)
    .where('conversation', '=', conversation)
    .where('state', '=', 'pending')
    .returning('id')
    .executeTakeFirst()
  if (!marked) return { outcome: 'not_needed' }
  const opened = handoff ? await openHandoff(transaction, shop, conversation, handoff) : null
  const events: NewEvent[] = [
    { kind: 'message', message: answer.id },
    ...(opened?.opened ? [{ kind: 'handoff' as const, handoff: opened.row.id, status: opened.row.status }] : []),
  ]
  const { position, lastEvent } = await advance(
    transaction,
    conversation,
    { messages: 1, events: events.length, memory },
    at,
  )
  await transaction
    .insertInto('messages')
    .values({
      id: answer.id,
      conversation,
      position,
      shop,
      role: 'assistant',
      state: 'sent',
      reply_to: question,
      text: answer.text,
      outcome: answer.outcome,
      route: answer.route,
      confidence: answer.confidence,
      answer: JSON.stringify({ ...answer, conversationId: conversation }),
      stages,
      trace: JSON.stringify(trace),
      handoff: opened?.row.id ?? null,
      trace_id: answer.traceId,
      created_at: at,
    })
    .execute()
  await insertEvents(transaction, shop, conversation, lastEvent, at, events)
  return { outcome: 'stored', handoff: opened ? notice(opened.row) : null }
}

function lock(transaction: DatabaseTransaction, conversation: ConversationId) {
  return transaction
    .selectFrom('conversations')
    .selectAll()
    .where('id', '=', conversation)
    .forUpdate()
    .executeTakeFirst()
}
