import type { ConversationId, MessageId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { type Database, type DatabaseTransaction, inShop } from '../database.ts'
import { notice, noticeJson } from '../desk/handoff-rows.ts'
import type { ConversationEvent, ConversationStore, Owner } from './conversations.port.ts'
import { messageRows, ownedBy, readMessages, readTranscript } from './transcript-rows.ts'

/** Conversations in PostgreSQL, one shop's rows per transaction. The clock says which citations still hold. */
export function postgresConversations(database: Database, clock: Clock): ConversationStore {
  return {
    create: (owner, { id, creationKey, at }, signal) =>
      inShop(database, owner.shop, signal, async (transaction) => {
        const made = await transaction
          .insertInto('conversations')
          .values({
            id,
            shop: owner.shop,
            session: owner.session,
            customer_id: owner.customer,
            creation_key: creationKey,
            created_at: at,
            updated_at: at,
          })
          // Not `do nothing`: an update waits for a concurrent twin and gives its row.
          .onConflict((conflict) =>
            conflict.columns(['session', 'creation_key']).doUpdateSet({ creation_key: creationKey }),
          )
          .returning('id')
          .executeTakeFirstOrThrow()
        return made.id as ConversationId
      }),
    transcript: (owner, id, signal) =>
      inShop(database, owner.shop, signal, async (transaction) => {
        const conversation = await owned(transaction, owner, id)
        return conversation ? readTranscript(transaction, conversation, clock.now()) : null
      }),
    events: (owner, id, after, limit, signal) =>
      inShop(database, owner.shop, signal, async (transaction) =>
        (await owned(transaction, owner, id)) ? eventsAfter(transaction, id, after, limit, clock.now()) : null,
      ),
    rate: (owner, message, { id, helpful, reason, comment, at }, signal) =>
      inShop(database, owner.shop, signal, async (transaction) => {
        const answer = await transaction
          .selectFrom('messages')
          .innerJoin('conversations', 'conversations.id', 'messages.conversation')
          .select('messages.id')
          .where('messages.id', '=', message)
          .where('messages.role', '<>', 'shopper')
          .where((where) => ownedBy(owner)(where as never) as never)
          .executeTakeFirst()
        if (!answer) return null
        const values = { helpful, reason, comment, updated_at: at }
        await transaction
          .insertInto('feedback')
          .values({ id, shop: owner.shop, message, created_at: at, ...values })
          .onConflict((conflict) => conflict.column('message').doUpdateSet(values))
          .execute()
        return { helpful, reason, comment, at }
      }),
  }
}

function owned(transaction: DatabaseTransaction, owner: Owner, id: ConversationId) {
  return transaction
    .selectFrom('conversations')
    .selectAll()
    .where('conversations.id', '=', id)
    .where(ownedBy(owner))
    .executeTakeFirst()
}

async function eventsAfter(
  transaction: DatabaseTransaction,
  conversation: ConversationId,
  after: number,
  limit: number,
  now: Date,
): Promise<ConversationEvent[]> {
  const events = await transaction
    .selectFrom('conversation_events')
    .leftJoin('handoffs', 'handoffs.id', 'conversation_events.handoff')
    .select(['sequence', 'kind', 'at', 'conversation_events.message', noticeJson.as('handoff')])
    .where('conversation_events.conversation', '=', conversation)
    .where('sequence', '>', after)
    .orderBy('sequence')
    .limit(limit)
    .execute()
  const ids = events.flatMap(({ message }) => (message ? [message] : []))
  const rows = ids.length ? await messageRows(transaction).where('messages.id', 'in', ids).execute() : []
  const messages = new Map((await readMessages(transaction, rows, now)).map((message) => [message.id, message]))
  return events.flatMap(({ sequence, at, ...event }): ConversationEvent[] => {
    if (event.kind === 'message') {
      const message = messages.get(event.message as MessageId)
      return message ? [{ sequence, at, kind: 'message', message }] : []
    }
    return event.handoff ? [{ sequence, at, kind: 'handoff', handoff: notice(event.handoff) }] : []
  })
}
