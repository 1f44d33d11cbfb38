import { sql } from 'kysely'
import { tryReadJson } from '#domain/foreign-json.ts'
import type { CaseId, ShopId } from '#domain/ids.ts'
import type { Role } from '#domain/roles.ts'
import { type Database, type DatabaseTransaction, inShop } from '../../database.ts'
import { INTEGER, readCursor, writeCursor } from '../cursor.ts'
import { type AuditColumns, auditHash, GENESIS } from './append-audit.ts'
import type { Audit, AuditEntry, AuditPage, AuditVerdict } from './audit.port.ts'

/** Entries read at a time: a few hundred kilobytes. */
const BATCH = 1_000

type Row = Omit<AuditColumns, 'seq'> & { seq: string; previous: string; hash: string }

/** The audit in PostgreSQL. */
export function postgresAudit(database: Database): Audit {
  return {
    entries: (shop, page, signal) => inShop(database, shop, signal, (transaction) => entries(transaction, shop, page)),
    verify: (shop, signal) => inShop(database, shop, signal, (transaction) => verify(transaction, shop, signal)),
  }
}

async function entries(transaction: DatabaseTransaction, shop: ShopId, page: AuditPage) {
  const rows = await entriesOf(transaction, shop, page).execute()
  const last = rows.length > page.limit ? rows[page.limit - 1] : undefined
  return {
    items: rows.slice(0, page.limit).map(readEntry),
    nextCursor: last ? writeCursor('audit', Number(last.seq), last.seq) : null,
  }
}

/** A page and one more, by the index of the narrowest filter. Throws Fault user `db.cursor.invalid`. */
export function entriesOf(transaction: DatabaseTransaction, shop: ShopId, page: AuditPage) {
  const { caseId, what, by, from, to, cursor, limit } = page
  const before = cursor === null ? null : Number(readCursor('audit', cursor, INTEGER).value)
  return (
    transaction
      .selectFrom('audit_entries')
      .selectAll()
      .where('shop', '=', shop)
      .$if(caseId !== null, (query) => query.where('case_id', '=', caseId))
      .$if(what !== null, (query) => query.where('what', '=', what ?? ''))
      .$if(by !== null, (query) => query.where('by_id', '=', by ?? ''))
      // ISO 8601 texts of one form stand in the order of their times.
      .$if(from !== null, (query) => query.where('at', '>=', from?.toISOString() ?? ''))
      .$if(to !== null, (query) => query.where('at', '<', to?.toISOString() ?? ''))
      .$if(before !== null, (query) => query.where(sql<boolean>`seq < ${before}`))
      .orderBy('seq', 'desc')
      .limit(limit + 1)
  )
}

function readEntry(row: Row): AuditEntry {
  return {
    seq: Number(row.seq),
    at: new Date(row.at),
    by: { id: row.by_id, name: row.by_name, role: row.by_role as Role | null },
    what: row.what,
    subject: row.subject,
    caseId: row.case_id as CaseId | null,
    // What somebody changed may be no JSON any more; it is still shown.
    details: (tryReadJson(row.details) ?? { unreadable: row.details }) as Record<string, unknown>,
    previous: row.previous,
    hash: row.hash,
  }
}

async function verify(transaction: DatabaseTransaction, shop: ShopId, signal: AbortSignal): Promise<AuditVerdict> {
  // One statement sees one moment. Entries that are added from here on are beyond `head`, and not looked at.
  const { rows: found } = await sql<{
    seq: string | null
    hash: string | null
    entries: number
    newest: string | null
  }>`
    select (select seq from audit_heads where shop = ${shop}) as seq, (select hash from audit_heads where shop = ${shop}) as hash,
      (select count(*)::integer from audit_entries where shop = ${shop}) as entries,
      (select max(seq) from audit_entries where shop = ${shop}) as newest`.execute(transaction)
  const head = { seq: Number(found[0]?.seq ?? 0), hash: found[0]?.hash ?? GENESIS }
  const newest = Number(found[0]?.newest ?? 0)
  const count = found[0]?.entries ?? 0
  const broken = (seq: number, why: 'changed' | 'missing' | 'moved' | 'head'): AuditVerdict => ({
    ok: false,
    entries: count,
    firstBroken: { seq, why },
    head,
  })
  let [seq, hash] = [0, GENESIS]
  for (;;) {
    signal.throwIfAborted()
    const rows = await transaction
      .selectFrom('audit_entries')
      .selectAll()
      .where('shop', '=', shop)
      .where(sql<boolean>`seq > ${seq} and seq <= ${head.seq}`)
      .orderBy('seq')
      .limit(BATCH)
      .execute()
    for (const row of rows) {
      seq += 1
      if (Number(row.seq) !== seq) return broken(seq, 'missing')
      if (auditHash(row.previous, { ...row, seq }) !== row.hash) return broken(seq, 'changed')
      if (row.previous !== hash) return broken(seq, 'moved')
      hash = row.hash
    }
    if (rows.length < BATCH) break
  }
  if (seq < head.seq) return broken(seq + 1, 'missing')
  if (newest > head.seq) return broken(head.seq + 1, 'head')
  if (hash !== head.hash) return broken(seq, 'head')
  return { ok: true, entries: seq, firstBroken: null, head }
}
