import { expireCases } from '../approvals/cases/erase-cases.ts'
import { type Database, inShop } from '../database.ts'
import { eraseConversations } from '../support/personal-data.postgres.ts'
import type { Retention } from './retention.port.ts'

/** Retention in PostgreSQL. A conversation that somebody is writing in is passed over; it is young by then. */
export function postgresRetention(database: Database): Retention {
  return {
    expire: (shop, before, at, limit, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const expired = await transaction
          .selectFrom('conversations')
          .select('id')
          .where('updated_at', '<', before)
          .where('erased_at', 'is', null)
          .orderBy('updated_at')
          .limit(limit)
          .forUpdate()
          .skipLocked()
          .execute()
        if (expired.length > 0)
          await eraseConversations(
            transaction,
            expired.map(({ id }) => id),
            at,
          )
        return expired.length + (await expireCases(transaction, shop, before, limit, at))
      }),
  }
}
