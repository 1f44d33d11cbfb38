import { type RawBuilder, sql } from 'kysely'
import type { ShopId } from '#domain/ids.ts'
import type { DatabaseTransaction } from '../../database.ts'
import { INSTANT, INTEGER, REAL, readCursor, writeCursor } from '../cursor.ts'
import type { StoredCase } from './case-rows.ts'
import type { CasePage, CaseSort } from './cases.port.ts'

type Sort = {
  column: RawBuilder<unknown>
  descending: boolean
  /** What a cursor holds of a row, exactly as the database compares it. */
  exact: RawBuilder<string>
  form: RegExp
}
const AMOUNT = sql`coalesce(at_stake, 0)`
const instant = (column: string): Pick<Sort, 'column' | 'exact' | 'form'> => ({
  column: sql.ref(column),
  // Microseconds, which a JavaScript date would lose.
  exact: sql<string>`(extract(epoch from ${sql.ref(column)}) * 1000000)::bigint::text`,
  form: INSTANT,
})
const SORTS: Record<CaseSort, Sort> = {
  priority: { column: sql`rank`, descending: true, exact: sql<string>`rank::text`, form: REAL },
  risk: { column: sql`risk`, descending: true, exact: sql<string>`risk::text`, form: REAL },
  money: { column: AMOUNT, descending: true, exact: sql<string>`${AMOUNT}::text`, form: INTEGER },
  age: { ...instant('opened_at'), descending: false },
  due: { ...instant('due_by'), descending: false },
  changed: { ...instant('changed_at'), descending: true },
}

/** A page of cases by keyset: the next page costs what the first one does. Throws Fault user `db.cursor.invalid`. */
export async function listCases(
  transaction: DatabaseTransaction,
  shop: ShopId,
  { status, type, incident, q, overdue, sort, cursor, limit }: CasePage,
  now: Date,
): Promise<{ rows: StoredCase[]; nextCursor: string | null }> {
  const { column, descending, exact, form } = SORTS[sort]
  const direction = descending ? sql`desc` : sql`asc`
  const conditions = [sql<boolean>`shop = ${shop}`]
  if (status === 'open') conditions.push(sql`status <> 'resolved'`)
  else if (status !== null) {
    conditions.push(sql`status = any(${status})`)
    // Said again, since the planner does not conclude it from an array: the indexes hold open cases alone.
    if (!status.includes('resolved')) conditions.push(sql`status <> 'resolved'`)
  }
  if (type !== null) conditions.push(sql`type = ${type}`)
  if (incident !== null) conditions.push(sql`incident = ${incident}`)
  if (overdue) conditions.push(sql`due_by < ${now}`)
  const words = (q ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length) conditions.push(sql`array_to_tsvector(words) @@ ${prefixes(words)}::tsquery`)
  if (cursor !== null) {
    const { value, id } = readCursor(sort, cursor, form)
    const place = cursorValue(sort, value)
    conditions.push(
      descending
        ? // The first half is what an index can begin at.
          sql`${column} <= ${place} and (${column} < ${place} or id > ${id})`
        : sql`(${column}, id) > (${place}, ${id})`,
    )
  }
  const { rows } = await sql<StoredCase & { exact: string }>`
    select *, ${exact} as exact from cases where ${sql.join(conditions, sql` and `)}
    order by ${column} ${direction}, id limit ${limit + 1}`.execute(transaction)
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return { rows: rows.slice(0, limit), nextCursor: last ? writeCursor(sort, last.exact, last.id) : null }
}

function cursorValue(sort: CaseSort, number: string): RawBuilder<unknown> {
  if (sort === 'age' || sort === 'due' || sort === 'changed')
    return sql`(timestamptz '1970-01-01 00:00:00+00' + ${number}::bigint * interval '1 microsecond')`
  return sort === 'money' ? sql`${number}::bigint` : sql`${number}::double precision`
}

/** Every word or its beginning, as PostgreSQL reads a query of lexemes. */
function prefixes(words: string[]): string {
  return words.map((word) => `'${word.slice(0, 100).replaceAll('\\', '\\\\').replaceAll("'", "''")}':*`).join(' & ')
}
