import { type Selectable, sql } from 'kysely'
import type { ImportId, ShopId } from '#domain/ids.ts'
import type { DatabaseTransaction } from '../database.ts'
import type { ImportRowError, ImportState } from './imports.port.ts'
import type { KnowledgeTables } from './tables.ts'

const LONGEST_VALUE = 200

export type ImportsRow = Selectable<KnowledgeTables['imports']>

/** Of rows with one document id the last counts; the others are noted. Gives how many those are. */
export async function supersede(transaction: DatabaseTransaction, shop: ShopId, id: ImportId): Promise<number> {
  const { rows } = await sql<{ line: number; document_id: string; superseded_by: number }>`
    update import_rows set superseded_by = later.last from (
      select document_id, max(line) as last from import_rows where shop = ${shop} and import_id = ${id} group by document_id having count(*) > 1
    ) as later
    where shop = ${shop} and import_id = ${id} and import_rows.document_id = later.document_id and line < later.last
    returning line, import_rows.document_id, superseded_by`.execute(transaction)
  const notes = rows.map(({ line, document_id, superseded_by }) => ({
    line,
    id: document_id,
    code: 'duplicate_id',
    message: `Line ${superseded_by} holds the same document and counts instead.`,
  }))
  await insertErrors(transaction, shop, id, notes)
  return rows.length
}

type Counts = Partial<Record<'created' | 'updated' | 'unchanged' | 'rejected' | 'duplicates', number>>

/** Adds to the counts and knocks on `imports`. */
export async function count(
  transaction: DatabaseTransaction,
  shop: ShopId,
  id: ImportId,
  counts: Counts,
  at: Date,
): Promise<void> {
  const { created = 0, updated = 0, unchanged = 0, rejected = 0, duplicates = 0 } = counts
  await sql`
    update imports set created = created + ${created}, updated = updated + ${updated}, unchanged = unchanged + ${unchanged},
      rejected = rejected + ${rejected}, duplicates = duplicates + ${duplicates},
      read = read + ${created + updated + unchanged + rejected + duplicates}, touched_at = ${at}
    where shop = ${shop} and id = ${id}`.execute(transaction)
  await sql`select pg_notify('imports', ${shop})`.execute(transaction)
}

/** Ends an import and knocks on `imports`. */
export async function end(
  transaction: DatabaseTransaction,
  { shop, id }: ImportsRow,
  values: Partial<ImportsRow>,
): Promise<void> {
  await transaction.updateTable('imports').set(values).where('shop', '=', shop).where('id', '=', id).execute()
  await sql`select pg_notify('imports', ${shop})`.execute(transaction)
}

/** Stores complaints, numbered within their line. */
export async function insertErrors(
  transaction: DatabaseTransaction,
  shop: ShopId,
  id: ImportId,
  errors: ImportRowError[],
): Promise<void> {
  if (errors.length === 0) return
  const parts = new Map<number, number>()
  const rows = errors.map((error) => {
    const part = parts.get(error.line) ?? 0
    parts.set(error.line, part + 1)
    return { ...error, part }
  })
  await sql`
    insert into import_errors (shop, import_id, line, part, document_id, code, message, field, value)
    select ${shop}, ${id}, line, part, document_id, code, message, field, value from unnest(
      ${rows.map(({ line }) => line)}::integer[], ${rows.map(({ part }) => part)}::integer[], ${rows.map((row) => storable(row.id))}::text[],
      ${rows.map(({ code }) => code)}::text[], ${rows.map(({ message }) => storable(message))}::text[],
      ${rows.map(({ field }) => storable(field))}::text[], ${rows.map(({ value }) => storable(value))}::text[]
    ) as fresh (line, part, document_id, code, message, field, value)
    on conflict do nothing`.execute(transaction)
}

/** What came in a bad row may be anything; PostgreSQL takes neither NUL nor lone surrogates, and nobody reads more. */
function storable(text: string | null | undefined): string | null {
  return text === null || text === undefined ? null : text.slice(0, LONGEST_VALUE).toWellFormed().replaceAll('\0', '')
}

/** How many rows the complaints are about. */
export const linesOf = (errors: ImportRowError[]) => new Set(errors.map(({ line }) => line)).size

/** A stored import as the port gives it. */
export function readState(row: ImportsRow): ImportState {
  return {
    id: row.id as ImportId,
    source: row.source,
    mode: row.mode,
    dryRun: row.dry_run,
    allowRetire: row.allow_retire,
    status: row.status === 'receiving' ? 'running' : row.status,
    receiving: row.status === 'receiving',
    total: row.total,
    read: row.read,
    unchanged: row.unchanged,
    created: row.created,
    updated: row.updated,
    retired: row.retired,
    rejected: row.rejected,
    duplicates: row.duplicates,
    problem: row.problem_code === null ? null : { code: row.problem_code, message: row.problem_message ?? '' },
    startedAt: row.started_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  }
}

/** A stored complaint as the port gives it. */
export function readError(row: Selectable<KnowledgeTables['import_errors']>): ImportRowError & { part: number } {
  const { line, part, document_id, code, message, field, value } = row
  return {
    line,
    part,
    id: document_id,
    code,
    message,
    ...(field === null ? {} : { field }),
    ...(value === null ? {} : { value }),
  }
}
