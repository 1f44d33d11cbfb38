import { sql } from 'kysely'
import { type Database, inShop } from '../../database.ts'
import { readAction } from '../locked/action-rows.ts'
import type { JournalStore } from './journal.port.ts'

/** The journal in PostgreSQL. */
export function postgresJournal(database: Database): JournalStore {
  return {
    load: (shop, id, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const row = await transaction
          .selectFrom('actions')
          .selectAll()
          .where('shop', '=', shop)
          .where('id', '=', id)
          .executeTakeFirst()
        return row ? readAction(row) : null
      }),
    ofCase: (shop, caseId, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const rows = await transaction
          .selectFrom('actions')
          .selectAll()
          .where('shop', '=', shop)
          .where('case_id', '=', caseId)
          .orderBy('authorised_at')
          .orderBy('position')
          .orderBy('id')
          .execute()
        return rows.map(readAction)
      }),
    unsettled: (shop, now, limit, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const rows = await transaction
          .selectFrom('actions')
          .selectAll()
          .where('shop', '=', shop)
          .where('state', 'in', ['sending', 'unknown'])
          .where('sending_until', '<=', now)
          .orderBy('sending_until')
          .orderBy('id')
          .limit(limit)
          .execute()
        return rows.map(readAction)
      }),
    ready: (shop, now, limit, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const rows = await transaction
          .selectFrom('actions')
          .selectAll()
          .where('shop', '=', shop)
          .where('state', '=', 'authorised')
          .where('not_before', '<=', now)
          .where(
            sql<boolean>`not exists (select from kill_switches where kill_switches.shop = ${shop} and is_on
              and scope in ('shop', 'action:' || actions.kind, 'type:' || actions.type))`,
          )
          .orderBy('not_before')
          .orderBy('position')
          .orderBy('id')
          .limit(limit)
          .execute()
        return rows.map(readAction)
      }),
    releaseSenders: (shop, now, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const released = await transaction
          .updateTable('actions')
          .set({ sending_until: now })
          .where('shop', '=', shop)
          .where('state', 'in', ['sending', 'unknown'])
          .where('sending_until', '>', now)
          .executeTakeFirst()
        return Number(released.numUpdatedRows)
      }),
  }
}
