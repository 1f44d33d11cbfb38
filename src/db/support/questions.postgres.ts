import { type Insertable, sql } from 'kysely'
import type { ConversationId, MessageId, ShopId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { type Database, type DatabaseTransaction, inShop } from '../database.ts'
import { notice } from '../desk/handoff-rows.ts'
import { openHandoff, oweReply } from '../desk/open-handoff.ts'
import { claimNext, lock, personHas } from './claim-question.ts'
import type { Owner } from './conversations.port.ts'
import type { AcceptOutcome, QuestionStore, Settlement, SettleOutcome, Stop, StopOutcome } from './questions.port.ts'
import type { SupportTables } from './tables.ts'
import { advance, insertEvents, lockOwned, type NewEvent, readState, recordEvents } from './transcript-rows.ts'

/** Questions in PostgreSQL. Every method that changes something locks the conversation's row first, so one conversation is one line of events. */
export function postgresQuestions(database: Database, clock: Clock): QuestionStore {
  return {
    accept: (owner, conversation, { id, clientMessageId, text, traceId, at }, signal) =>
      inShop(database, owner.shop, signal, async (transaction): Promise<AcceptOutcome> => {
        const found = await lockOwned(transaction, owner, conversation)
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
        const owed = await oweReply(transaction, owner.shop, conversation, at)
        const events: NewEvent[] = [
          { kind: 'message', message: id },
          ...(owed ? [{ kind: 'handoff' as const, handoff: owed.id, status: owed.status }] : []),
        ]
        const counts = { messages: 1, events: events.length }
        const { position, lastEvent } = await advance(transaction, conversation, counts, at)
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
        await insertEvents(transaction, owner.shop, conversation, lastEvent, at, events)
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
        await leaveToPerson(transaction, shop, conversation, question, at)
      })
    },
    state: (shop, question, signal) =>
      inShop(database, shop, signal, (transaction) => readState(transaction, question, clock.now())),
    stop: (owner, conversation, clientMessageId, stopped, signal) =>
      inShop(database, owner.shop, signal, (transaction) =>
        stop(transaction, owner, conversation, clientMessageId, stopped),
      ),
  }
}

async function settle(
  transaction: DatabaseTransaction,
  shop: ShopId,
  conversation: ConversationId,
  settlement: Settlement,
): Promise<SettleOutcome> {
  const { question, answer, stages, memory, trace, handoff, at } = settlement
  await lock(transaction, conversation)
  // Claimed while the answer was made: two must not answer at once.
  if (await personHas(transaction, conversation)) {
    await leaveToPerson(transaction, shop, conversation, question, at)
    return { outcome: 'not_needed' }
  }
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
  await insertReply(transaction, {
    ...replyColumns(shop, conversation, question, answer, at),
    position,
    state: 'sent',
    outcome: answer.outcome,
    route: answer.route,
    confidence: answer.confidence,
    stages,
    trace: JSON.stringify(trace),
    handoff: opened?.row.id ?? null,
  })
  await insertEvents(transaction, shop, conversation, lastEvent, at, events)
  return { outcome: 'stored', handoff: opened ? notice(opened.row) : null }
}

async function leaveToPerson(
  transaction: DatabaseTransaction,
  shop: ShopId,
  conversation: ConversationId,
  question: MessageId,
  at: Date,
): Promise<void> {
  const left = await transaction
    .updateTable('messages')
    .set({ state: 'silent' })
    .where('id', '=', question)
    .where('state', '=', 'pending')
    .returning('id')
    .executeTakeFirst()
  if (left) await recordEvents(transaction, shop, conversation, at, [{ kind: 'message', message: question }])
}

/** The question's row decides between this and `settle`: whoever takes it from `pending` has the last word. */
async function stop(
  transaction: DatabaseTransaction,
  owner: Owner,
  conversation: ConversationId,
  clientMessageId: string,
  { answer, at }: Stop,
): Promise<StopOutcome> {
  const found = await lockOwned(transaction, owner, conversation)
  const question = await transaction
    .selectFrom('messages')
    .select(['id', 'state', 'created_at', 'trace_id'])
    .where('conversation', '=', found?.id ?? '')
    .where('client_message_id', '=', clientMessageId)
    .executeTakeFirst()
  if (!question) return { outcome: 'unknown_message' }
  const message = question.id as MessageId
  if (question.state !== 'pending')
    return question.state === 'stopped' ? { outcome: 'stopped', message } : { outcome: 'too_late' }
  await transaction.updateTable('messages').set({ state: 'stopped' }).where('id', '=', message).execute()
  const { position, lastEvent } = await advance(transaction, conversation, { messages: 1, events: 1 }, at)
  const told = {
    ...answer,
    traceId: question.trace_id ?? '',
    latencyMs: Math.max(0, at.getTime() - question.created_at.getTime()),
  }
  await insertReply(transaction, {
    ...replyColumns(owner.shop, conversation, message, told, at),
    position,
    state: 'stopped',
  })
  await insertEvents(transaction, owner.shop, conversation, lastEvent, at, [{ kind: 'message', message: answer.id }])
  await sql`select pg_notify('stopped', ${message})`.execute(transaction)
  return { outcome: 'stopped', message }
}

function replyColumns(
  shop: ShopId,
  conversation: ConversationId,
  question: MessageId,
  answer: Settlement['answer'],
  at: Date,
) {
  return {
    id: answer.id,
    conversation,
    shop,
    role: 'assistant' as const,
    reply_to: question,
    text: answer.text,
    answer: JSON.stringify({ ...answer, conversationId: conversation }),
    trace_id: answer.traceId,
    created_at: at,
  }
}

async function insertReply(transaction: DatabaseTransaction, row: Insertable<SupportTables['messages']>) {
  await transaction.insertInto('messages').values(row).execute()
}
