import { type Selectable, sql } from 'kysely'
import type { ImportId, ShopId } from '#domain/ids.ts'
import type { DatabaseTransaction } from '../database.ts'
import type { ImportRowError, ImportState } from './imports.port.ts'
import type { KnowledgeTables } from './tables.ts'

const LONGEST_VALUE = 200
/** Whole: by it a replacing file keeps the document. */
const LONGEST_ID = 300
const LONGEST_MESSAGE = 500
/** A batch that took longer (s) was interrupted, and says nothing about the pace. */
const LONGEST_BATCH = 30
/** How much the newest batch counts in the pace. */
const NEWEST = 0.3

export type ImportsRow = Selectable<KnowledgeTables['imports']>

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

/** The number the next complaint about the line of `rows` has. */
export function nextPart(shop: ShopId, id: ImportId, rows: 'fresh' | 'older' | 'wrong') {
  return sql`(select coalesce(max(earlier.part) + 1, 0) from import_errors as earlier
    where earlier.shop = ${shop} and earlier.import_id = ${id} and earlier.line = ${sql.ref(`${rows}.line`)})`
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
    insert into import_errors (shop, import_id, line, part, document_id, code, message, field, value, source_column, hint)
    select ${shop}, ${id}, line, part + ${nextPart(shop, id, 'fresh')}, document_id, code, message, field, value, source_column, hint
    from unnest(
      ${rows.map(({ line }) => line)}::integer[], ${rows.map(({ part }) => part)}::integer[], ${rows.map((row) => storable(row.id, LONGEST_ID))}::text[],
      ${rows.map(({ code }) => code)}::text[], ${rows.map(({ message }) => storable(message, LONGEST_MESSAGE))}::text[],
      ${rows.map(({ field }) => storable(field))}::text[], ${rows.map(({ value }) => storable(value))}::text[],
      ${rows.map(({ column }) => storable(column))}::text[], ${rows.map(({ hint }) => storable(hint, LONGEST_MESSAGE))}::text[]
    ) as fresh (line, part, document_id, code, message, field, value, source_column, hint)
    on conflict do nothing`.execute(transaction)
}

/** What came in a bad row may be anything; PostgreSQL takes neither NUL nor lone surrogates, and nobody reads more. */
function storable(text: string | null | undefined, longest = LONGEST_VALUE): string | null {
  return text === null || text === undefined ? null : text.slice(0, longest).toWellFormed().replaceAll('\0', '')
}

/** Measures the pace of the batch that ends `at`, before its rows are counted. */
export async function pace(
  transaction: DatabaseTransaction,
  { shop, id, touched_at, rows_per_second }: ImportsRow,
  rows: number,
  at: Date,
): Promise<void> {
  const seconds = (at.getTime() - touched_at.getTime()) / 1000
  if (seconds <= 0 || seconds > LONGEST_BATCH || rows === 0) return
  const newest = rows / seconds
  const rate = rows_per_second === null ? newest : rows_per_second * (1 - NEWEST) + newest * NEWEST
  await transaction
    .updateTable('imports')
    .set({ rows_per_second: rate })
    .where('shop', '=', shop)
    .where('id', '=', id)
    .execute()
}

/** How many rows the complaints are about. */
export const linesOf = (errors: ImportRowError[]) => new Set(errors.map(({ line }) => line)).size

/** A stored import as the port gives it. */
export function readState(row: ImportsRow & { waits_for: ImportId | null }): ImportState {
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
    incomplete: row.incomplete,
    rowsPerSecond: row.rows_per_second === null ? null : Math.round(row.rows_per_second * 10) / 10,
    remainingSeconds: remaining(row),
    answersAffected: row.answers_affected,
    problem: row.problem_code === null ? null : { code: row.problem_code, message: row.problem_message ?? '' },
    waitsFor: row.waits_for,
    startedAt: row.started_at.toISOString(),
    lastProgressAt: row.touched_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  }
}

function remaining({ status, total, read, rows_per_second }: ImportsRow): number | null {
  if (status !== 'running' || total === null || rows_per_second === null || rows_per_second <= 0) return null
  return Math.ceil(Math.max(0, total - read) / rows_per_second)
}

/** A stored complaint as the port gives it. */
export function readError(row: Selectable<KnowledgeTables['import_errors']>): ImportRowError & { part: number } {
  const { line, part, document_id, code, message, field, value, source_column, hint } = row
  return {
    line,
    part,
    id: document_id,
    code,
    message,
    ...(field === null ? {} : { field }),
    ...(value === null ? {} : { value }),
    ...(source_column === null ? {} : { column: source_column }),
    ...(hint === null ? {} : { hint }),
  }
}
