import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { canonicalJson } from '#domain/approvals/canonical-json.ts'
import type { ShopId } from '#domain/ids.ts'
import type { DatabaseTransaction } from '../../database.ts'
import type { AuditNote } from '../locked/locked-case.port.ts'

/** What the first entry of a chain follows. */
export const GENESIS = '0'.repeat(64)
const INSERTED_AT_ONCE = 500

/** An entry's own columns: everything its hash is made of besides the hash before it. */
export type AuditColumns = {
  shop: string
  seq: number
  at: string
  by_id: string
  by_name: string
  by_role: string | null
  what: string
  subject: string
  case_id: string | null
  details: string
}

/** SHA-256 of the hash before it and the entry as canonical JSON. */
export function auditHash(previous: string, columns: AuditColumns): string {
  const { shop, seq, at, by_id, by_name, by_role, what, subject, case_id, details } = columns
  const entry = canonicalJson({ shop, seq, at, by_id, by_name, by_role, what, subject, case_id, details })
  return createHash('sha256').update(`${previous}\n${entry}`).digest('hex')
}

/**
 * Adds to the shop's chain in the caller's transaction. The chain's head is locked from here until that ends, so this is the last
 * thing a transaction does: whoever holds the head waits for nobody.
 */
export async function appendAudit(
  transaction: DatabaseTransaction,
  shop: ShopId,
  notes: (AuditNote & { caseId: string | null })[],
  at: Date,
): Promise<void> {
  if (notes.length === 0) return
  await transaction
    .insertInto('audit_heads')
    .values({ shop, seq: 0, hash: GENESIS })
    .onConflict((conflict) => conflict.column('shop').doNothing())
    .execute()
  const head = await transaction
    .selectFrom('audit_heads')
    .selectAll()
    .where('shop', '=', shop)
    .forUpdate()
    .executeTakeFirstOrThrow()
  let { hash } = head
  let seq = Number(head.seq)
  const rows = notes.map(({ by, what, subject, caseId, details }) => {
    seq += 1
    const columns: AuditColumns = {
      shop,
      seq,
      at: at.toISOString(),
      by_id: by.id,
      by_name: by.name,
      by_role: by.role,
      what,
      subject,
      case_id: caseId,
      details: canonicalJson(details),
    }
    const previous = hash
    hash = auditHash(previous, columns)
    return { ...columns, previous, hash }
  })
  for (let from = 0; from < rows.length; from += INSERTED_AT_ONCE)
    await transaction
      .insertInto('audit_entries')
      .values(rows.slice(from, from + INSERTED_AT_ONCE))
      .execute()
  await transaction.updateTable('audit_heads').set({ seq, hash }).where('shop', '=', shop).execute()
  await sql`select pg_notify('cases', ${shop})`.execute(transaction)
}
