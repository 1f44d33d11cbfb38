import { sql } from 'kysely'
import { readJson } from '#domain/foreign-json.ts'
import { type Database, inShop } from '../database.ts'
import type { SandboxEvent, SandboxEvents } from './sandbox-events.port.ts'

const PREFIX = 'sandbox-'
/** Receivers may take a batch in order of the ids. */
const DIGITS = 12

/** The sandbox's outbox in PostgreSQL. Throws what `inShop` throws. */
export function postgresSandboxEvents(database: Database): SandboxEvents {
  return {
    pending: (shop, limit, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const rows = await transaction
          .selectFrom('sandbox.events')
          .selectAll()
          .where('shop', '=', shop)
          .orderBy('position')
          .limit(limit)
          .execute()
        return rows.map(({ position, event }) => ({
          specversion: '1.0',
          id: `${PREFIX}${String(position).padStart(DIGITS, '0')}`,
          source: '/sandbox',
          // What has no version of its own is counted by its place: its row was locked when it was written.
          sequence: Number(position),
          ...(readJson(event) as Omit<SandboxEvent, 'specversion' | 'id' | 'source'>),
        }))
      }),
    async told(shop, ids, signal) {
      if (ids.length === 0) return
      const positions = ids.map((id) => id.slice(PREFIX.length))
      await inShop(database, shop, signal, (transaction) =>
        transaction
          .deleteFrom('sandbox.events')
          .where('shop', '=', shop)
          .where(sql<boolean>`position = any(${positions}::bigint[])`)
          .execute(),
      )
    },
  }
}
