import { sql } from 'kysely'
import { readJson } from '#domain/foreign-json.ts'
import type { ShopId } from '#domain/ids.ts'
import type { DatabaseTransaction } from '../database.ts'
import { type Database, inShop } from '../database.ts'
import type { Outbox, OutboxEntry, OutboxId } from './outbox.port.ts'

/** The outbox in PostgreSQL. */
export function postgresOutbox(database: Database): Outbox {
  return {
    pending: (shop, limit, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const rows = await transaction
          .selectFrom('outbox')
          .selectAll()
          .where('shop', '=', shop)
          .orderBy('created_at')
          .orderBy('id')
          .limit(limit)
          .execute()
        return rows.map(({ id, name, payload }) => ({
          id: id as OutboxId,
          shop,
          name,
          payload: readJson(payload) as OutboxEntry['payload'],
        }))
      }),
    async sent(shop, ids, signal) {
      if (ids.length === 0) return
      await inShop(database, shop, signal, (transaction) =>
        transaction.deleteFrom('outbox').where('shop', '=', shop).where(sql<boolean>`id = any(${ids})`).execute(),
      )
    },
  }
}

/** The same for many of one name, in one statement and with one knock. */
export async function addManyToOutbox(
  transaction: DatabaseTransaction,
  shop: ShopId,
  name: string,
  entries: Pick<OutboxEntry, 'id' | 'payload'>[],
  at: Date,
): Promise<void> {
  if (entries.length === 0) return
  await sql`
    insert into outbox (shop, id, name, payload, created_at)
    select ${shop}, id, ${name}, payload, ${at} from unnest(${entries.map(({ id }) => id)}::text[],
      ${entries.map(({ payload }) => JSON.stringify(payload))}::text[]) as entries (id, payload)
    on conflict do nothing`.execute(transaction)
  await sql`select pg_notify('outbox', ${shop})`.execute(transaction)
}

/** Writes the entry in the caller's transaction, and knocks on `outbox` with its commit. The same id twice is one entry. */
export async function addToOutbox(
  transaction: DatabaseTransaction,
  { id, shop, name, payload }: OutboxEntry,
  at: Date,
): Promise<void> {
  await transaction
    .insertInto('outbox')
    .values({ shop, id, name, payload: JSON.stringify(payload), created_at: at })
    .onConflict((conflict) => conflict.columns(['shop', 'id']).doNothing())
    .execute()
  await sql`select pg_notify('outbox', ${shop})`.execute(transaction)
}
