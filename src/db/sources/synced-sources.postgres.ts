import { type Selectable, sql } from 'kysely'
import type { ImportId, ShopId, SourceId } from '#domain/ids.ts'
import { type Database, type DatabaseTransaction, inShop } from '../database.ts'
import type { SyncedSource, SyncedSourceStore } from './synced-sources.port.ts'
import type { SourceTables } from './tables.ts'

/** Synced sources in PostgreSQL. */
export function postgresSyncedSources(database: Database): SyncedSourceStore {
  return {
    add: (shop, { everyMinutes, ...source }, at, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const added = await transaction
          .insertInto('synced_sources')
          .values({ shop, ...source, every_minutes: everyMinutes, look_at: at })
          .onConflict((conflict) => conflict.columns(['shop', 'name']).doNothing())
          .executeTakeFirst()
        const isNew = Number(added.numInsertedOrUpdatedRows ?? 0) > 0
        if (isNew) await knock(transaction, shop, at)
        return isNew
      }),
    get: (shop, id, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const row = await transaction
          .selectFrom('synced_sources')
          .selectAll()
          .where('shop', '=', shop)
          .where('id', '=', id)
          .executeTakeFirst()
        return row ? readSource(row) : null
      }),
    list: (shop, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const rows = await transaction
          .selectFrom('synced_sources')
          .selectAll()
          .where('shop', '=', shop)
          .orderBy('name')
          .execute()
        return rows.map(readSource)
      }),
    due: (shop, at, limit, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const rows = await transaction
          .selectFrom('synced_sources')
          .selectAll()
          .where('shop', '=', shop)
          .where('look_at', '<=', at)
          .orderBy('look_at')
          .limit(limit)
          .execute()
        return rows.map(readSource)
      }),
    hasten: (shop, id, allowRetire, at, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const { rows } = await sql`
          update synced_sources set look_at = ${at}, seen = null, allow_retire = ${allowRetire}
          where shop = ${shop} and id = ${id} returning id`.execute(transaction)
        if (rows.length > 0) await knock(transaction, shop, at)
        return rows.length > 0
      }),
    async looked(shop, { id, lookAt }, { outcome, seen, inStepAt, importId, problem }, next, at, signal) {
      await inShop(database, shop, signal, (transaction) =>
        transaction
          .updateTable('synced_sources')
          .set((of) => ({
            look_at: sql<Date>`case when look_at = ${lookAt} then ${next} else look_at end`,
            last_at: at,
            last_outcome: outcome,
            failures: outcome === 'failed' ? of('failures', '+', 1) : 0,
            problem_code: problem?.code ?? null,
            problem_message: problem?.message ?? null,
            ...(seen === undefined ? {} : { seen: sql<string | null>`case when look_at = ${lookAt} then ${seen} end` }),
            // What was allowed is for one import; a file that could not be fetched has not used it up.
            ...(importId === undefined || outcome === 'failed'
              ? {}
              : { allow_retire: sql<boolean>`case when look_at = ${lookAt} then false else allow_retire end` }),
            ...(inStepAt === undefined ? {} : { in_step_at: inStepAt }),
            ...(importId === undefined ? {} : { last_import: importId }),
          }))
          .where('shop', '=', shop)
          .where('id', '=', id)
          .execute(),
      )
    },
    remove: (shop, id, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const gone = await transaction
          .deleteFrom('synced_sources')
          .where('shop', '=', shop)
          .where('id', '=', id)
          .executeTakeFirst()
        return gone.numDeletedRows > 0n
      }),
  }
}

/** Sent with the commit. */
async function knock(transaction: DatabaseTransaction, shop: ShopId, at: Date): Promise<void> {
  await sql`select pg_notify('sources', ${`${shop}:${at.getTime()}`})`.execute(transaction)
}

function readSource(row: Selectable<SourceTables['synced_sources']>): SyncedSource {
  const { name, url, mode, format, mapping, currency, site, seen, failures } = row
  return {
    ...{ name, url, mode, format, mapping, currency, site, seen, failures },
    id: row.id as SourceId,
    everyMinutes: row.every_minutes,
    lookAt: row.look_at,
    inStepAt: row.in_step_at,
    allowRetire: row.allow_retire,
    last:
      row.last_at === null || row.last_outcome === null
        ? null
        : {
            at: row.last_at,
            outcome: row.last_outcome,
            problem: row.problem_code === null ? null : { code: row.problem_code, message: row.problem_message ?? '' },
          },
    importId: row.last_import as ImportId | null,
  }
}
