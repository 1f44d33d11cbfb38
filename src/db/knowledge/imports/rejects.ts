import { sql } from 'kysely'
import type { ImportId, ShopId } from '#domain/ids.ts'
import type { DatabaseTransaction } from '../../database.ts'
import type { ImportPart } from '../imports.port.ts'

/** Keeps rejected rows as they were sent; those that are not there to be kept are passed over. */
export async function insertRejects(
  transaction: DatabaseTransaction,
  shop: ShopId,
  id: ImportId,
  rejects: ImportPart['rejects'],
): Promise<void> {
  const kept = rejects.filter(({ raw }) => raw !== null)
  if (kept.length === 0) return
  await sql`
    insert into import_rejects (shop, import_id, line, raw)
    select ${shop}, ${id}, line, raw from unnest(
      ${kept.map(({ line }) => line)}::integer[], ${kept.map(({ raw }) => raw)}::bytea[]) as fresh (line, raw)
    on conflict do nothing`.execute(transaction)
}

/** Keeps received rows that turned out to be no documents. */
export async function rejectReceived(
  transaction: DatabaseTransaction,
  shop: ShopId,
  id: ImportId,
  lines: number[],
): Promise<void> {
  if (lines.length === 0) return
  await sql`
    insert into import_rejects (shop, import_id, line, raw)
    select shop, import_id, line, coalesce(raw, convert_to(body, 'UTF8')) from import_rows
    where shop = ${shop} and import_id = ${id} and line = any(${lines}::integer[])
    on conflict do nothing`.execute(transaction)
}
