import { sql } from 'kysely'
import type { ImportId, ShopId } from '#domain/ids.ts'
import { type Database, type DatabaseTransaction, inShop } from '../../database.ts'
import { readError, readState } from '../import-rows.ts'
import type { ImportStore } from '../imports.port.ts'
import { affectedAmongNext } from './affected-answers.ts'
import { waitsFor } from './turns.ts'

type Reports = Pick<ImportStore, 'get' | 'list' | 'errors' | 'frame' | 'rejects' | 'affectedAnswers'>

const NDJSON = 'application/x-ndjson'

/** What an import tells of itself, while it runs and afterwards. */
export function importReports(database: Database): Reports {
  return {
    get: (shop, id, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const row = await stored(transaction, shop, id)
        return row ? readState(row) : null
      }),
    list: (shop, { cursor, limit, source }, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const rows = await transaction
          .selectFrom('imports')
          .selectAll()
          .select(waitsFor().as('waits_for'))
          .where('shop', '=', shop)
          .$if(source !== undefined, (query) => query.where('source', '=', source ?? ''))
          .$if(cursor !== null, (query) =>
            query.where(
              sql<boolean>`(started_at, id) < (select started_at, id from imports as seen where seen.shop = ${shop} and seen.id = ${cursor})`,
            ),
          )
          .orderBy('started_at', 'desc')
          .orderBy('id', 'desc')
          .limit(limit + 1)
          .execute()
        const items = rows.slice(0, limit).map(readState)
        return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
      }),
    errors: (shop, id, [line, part], limit, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const rows = await transaction
          .selectFrom('import_errors')
          .selectAll()
          .where('shop', '=', shop)
          .where('import_id', '=', id)
          .where(sql<boolean>`(line, part) > (${line}::integer, ${part}::integer)`)
          .orderBy('line')
          .orderBy('part')
          .limit(limit)
          .execute()
        return rows.map(readError)
      }),
    frame: (shop, id, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const row = await stored(transaction, shop, id)
        if (!row) return null
        const { media_type, head, tail } = row
        return { mediaType: media_type ?? NDJSON, head: head ?? Buffer.alloc(0), tail: tail ?? Buffer.alloc(0) }
      }),
    rejects: (shop, id, afterLine, limit, signal) =>
      inShop(database, shop, signal, (transaction) =>
        transaction
          .selectFrom('import_rejects')
          .select(['line', 'raw'])
          .where('shop', '=', shop)
          .where('import_id', '=', id)
          .where('line', '>', afterLine)
          .orderBy('line')
          .limit(limit)
          .execute(),
      ),
    affectedAnswers: (shop, id, after, signal) =>
      inShop(database, shop, signal, (transaction) => affectedAmongNext(transaction, shop, id, after)),
  }
}

function stored(transaction: DatabaseTransaction, shop: ShopId, id: ImportId) {
  return transaction
    .selectFrom('imports')
    .selectAll()
    .select(waitsFor().as('waits_for'))
    .where('shop', '=', shop)
    .where('id', '=', id)
    .executeTakeFirst()
}
