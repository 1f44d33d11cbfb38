import { sql } from 'kysely'
import { type Database, inShop } from '../../database.ts'
import type { Readers } from './readers.port.ts'

/** Readers in PostgreSQL: one row a conversation that a person has been in. */
export function postgresReaders(database: Database): Readers {
  return {
    seen: (shop, conversation, sequence, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const { rows } = await sql`
          insert into conversation_readers as known (shop, conversation, seen_event)
          select ${shop}, ${conversation}, ${sequence}::integer
          where exists (select from handoffs where conversation = ${conversation} and claimed_at is not null)
          on conflict (conversation) do update set seen_event = greatest(known.seen_event, excluded.seen_event)
          returning 1`.execute(transaction)
        return rows.length > 0
      }),
  }
}
