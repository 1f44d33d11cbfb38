import { sql } from 'kysely'
import type { DatabaseTransaction } from '../../database.ts'
import type { ImportsRow } from '../import-rows.ts'
import type { ImportBatch } from '../imports.port.ts'

/** The rows that are left, in their order, without those that another one replaced. */
export function rowsAfter(transaction: DatabaseTransaction, { shop, id, cursor }: ImportsRow) {
  return transaction
    .selectFrom('import_rows')
    .select(['line', 'document_id', 'body'])
    .where('shop', '=', shop)
    .where('import_id', '=', id)
    .where('line', '>', cursor)
    .where('superseded_by', 'is', null)
    .orderBy('line')
}

/** Content hashes of the live documents of the source among `ids`. Asked by the key alone, so that no plan reads the whole source. */
export async function storedHashes(
  transaction: DatabaseTransaction,
  { shop, source }: ImportsRow,
  ids: string[],
): Promise<Map<string, string>> {
  const rows = await transaction
    .selectFrom('documents')
    .select(['id', 'content_hash', 'source', 'retired_at'])
    .where('shop', '=', shop)
    .where(sql<boolean>`id = any(${ids})`)
    .execute()
  const live = rows.filter((row) => row.source === source && row.retired_at === null)
  return new Map(live.map((row) => [row.id, row.content_hash]))
}

/** Whether these documents are stored with just this content, as documents of the import's source. */
export async function areStored(
  transaction: DatabaseTransaction,
  row: ImportsRow,
  unchanged: ImportBatch['unchanged'],
): Promise<boolean> {
  if (unchanged.length === 0) return true
  const stored = await storedHashes(
    transaction,
    row,
    unchanged.map(({ id }) => id),
  )
  return unchanged.every(({ id, contentHash }) => stored.get(id) === contentHash)
}
