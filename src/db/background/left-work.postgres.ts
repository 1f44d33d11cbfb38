import { sql } from 'kysely'
import type { ConversationId } from '#domain/ids.ts'
import { type Database, inShop } from '../database.ts'
import type { LeftWork } from './left-work.port.ts'

/** Left work in PostgreSQL: holds on conversations, leases on background work, and writes under an Idempotency-Key. */
export function postgresLeftWork(database: Database): LeftWork {
  return {
    releaseHolds: (shop, at, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const conversations = await transaction
          .updateTable('conversations')
          .set({ answering_by: null, answering_until: null })
          .where('answering_by', 'is not', null)
          .executeTakeFirst()
        const writes = await transaction
          .updateTable('idempotency_keys')
          .set({ running_until: at })
          .where('status', 'is', null)
          .where('running_until', '>', at)
          .executeTakeFirst()
        const leases = await transaction.deleteFrom('leases').where('shop', '=', shop).executeTakeFirst()
        return Number(conversations.numUpdatedRows) + Number(writes.numUpdatedRows) + Number(leases.numDeletedRows)
      }),
    waiting: (shop, at, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const rows = await transaction
          .selectFrom('messages')
          .innerJoin('conversations', 'conversations.id', 'messages.conversation')
          .select('conversations.id')
          .where('messages.state', '=', 'pending')
          .where((where) =>
            where.or([
              where('conversations.answering_by', 'is', null),
              where('conversations.answering_until', '<=', at),
            ]),
          )
          .groupBy('conversations.id')
          .orderBy(sql`min(messages.created_at)`)
          .orderBy('conversations.id')
          .execute()
        return rows.map(({ id }) => id as ConversationId)
      }),
  }
}
