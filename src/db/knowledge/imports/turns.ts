import { sql } from 'kysely'
import type { Id, ImportId, ShopId } from '#domain/ids.ts'
import { addManyToOutbox } from '../../background/outbox.postgres.ts'
import type { DatabaseTransaction } from '../../database.ts'

type Turn = { shop: string; id: string; source: string }

/**
 * The import that the one of the outer query (`imports`) has to wait for, or null: of one source, one runs at a time, since two
 * files mixed are neither. The one that has stored something goes on, else the one that was begun first. A dry run keeps nobody
 * waiting.
 */
export const waitsFor = () => sql<ImportId | null>`(
  select other.id from imports as other
  where imports.status = 'running' and other.shop = imports.shop and other.source = imports.source and other.id <> imports.id
    and other.status = 'running' and not other.dry_run
    and case when (other.cursor > 0) = (imports.cursor > 0)
      then (other.started_at, other.id) < (imports.started_at, imports.id) else other.cursor > 0 end
  order by other.cursor > 0 desc, other.started_at, other.id limit 1)`

/**
 * Until the transaction ends nobody else begins or ends an import of this source. Take the import's own row before. Two that look
 * at the same time would each find the other not begun.
 */
export async function lockSource(transaction: DatabaseTransaction, { shop, source }: Turn): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${shop}\n${source}`}, 17))`.execute(transaction)
}

/** Whether another import of the source has to end before this one stores its first row. Holds the source then. */
export async function mustWait(transaction: DatabaseTransaction, row: Turn & { cursor: number }): Promise<boolean> {
  if (row.cursor > 0) return false
  await lockSource(transaction, row)
  const own = await transaction
    .selectFrom('imports')
    .select(waitsFor().as('first'))
    .where('shop', '=', row.shop)
    .where('id', '=', row.id)
    .executeTakeFirst()
  return (own?.first ?? null) !== null
}

/** Has those run that waited for the import to end. Holds the source, so that none is accepted meanwhile and waits for it. */
export async function wakeNext(transaction: DatabaseTransaction, queue: string, ended: Turn, at: Date): Promise<void> {
  await lockSource(transaction, ended)
  const waiting = await transaction
    .selectFrom('imports')
    .select('id')
    .where('shop', '=', ended.shop)
    .where('source', '=', ended.source)
    .where('status', '=', 'running')
    .where('id', '<>', ended.id)
    .execute()
  const entries = waiting.map(({ id }) => {
    const entry: Id<'out'> = `out_${id}_after_${ended.id}`
    return { id: entry, payload: { shop: ended.shop, import: id } }
  })
  await addManyToOutbox(transaction, ended.shop as ShopId, queue, entries, at)
}
