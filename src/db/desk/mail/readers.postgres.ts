import { sql } from 'kysely'
import { type Database, inShop } from '../../database.ts'
import { lockOwned } from '../../support/transcript-rows.ts'
import type { Readers } from './readers.port.ts'

/** Readers in PostgreSQL: a time on each message of a person, erased with it. */
export function postgresReaders(database: Database): Readers {
  return {
    seen: (owner, conversation, upTo, at, signal) =>
      inShop(database, owner.shop, signal, async (transaction) => {
        if (!(await lockOwned(transaction, owner, conversation))) return { outcome: 'no_conversation' }
        const newest = await transaction
          .selectFrom('messages')
          .select('position')
          .where('conversation', '=', conversation)
          .where('id', '=', upTo)
          .executeTakeFirst()
        if (!newest) return { outcome: 'no_message' }
        const seen = await transaction
          .updateTable('messages')
          .set({ seen_at: at })
          .where('conversation', '=', conversation)
          .where('role', '=', 'person')
          .where('position', '<=', newest.position)
          .where('seen_at', 'is', null)
          .returning('reply_mail')
          .execute()
        await sql`
          select pg_notify('desk', json_build_object('shop', shop, 'handoff', id, 'conversation', conversation,
            'status', status)::text)
          from handoffs
          where id in (select handoff from reply_mails where id = any(${seen.map(({ reply_mail }) => reply_mail)}))`.execute(
          transaction,
        )
        return { outcome: 'seen' }
      }),
  }
}
