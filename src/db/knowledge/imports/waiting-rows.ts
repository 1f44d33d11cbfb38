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

/** Bytes of rows that are worked on at once, unless a single one has more: a row may have millions. */
const BATCH_BYTES = 4 * 1024 * 1024

/** The next of those rows: `limit` at most, and no more text than fits in memory several times; one at least. */
export async function nextRows(transaction: DatabaseTransaction, row: ImportsRow, limit: number) {
  const sized = transaction
    .selectFrom(rowsAfter(transaction, row).limit(limit).as('rows'))
    .selectAll()
    // Of a long text the length is known without reading it.
    .select(sql<string>`sum(octet_length(body)) over (order by line) - octet_length(body)`.as('bytes_before'))
  return transaction
    .selectFrom(sized.as('sized'))
    .select(['line', 'document_id', 'body'])
    .where(sql<boolean>`bytes_before < ${BATCH_BYTES}`)
    .orderBy('line')
    .execute()
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
