import type { Actor } from '#domain/approvals/proposal.ts'
import type { CaseId, ShopId } from '#domain/ids.ts'

/** An entry holds ids, codes, hashes and amounts; what was shown and said is in the tables it names. */
export type AuditEntry = {
  /** From 1, without gaps. */
  seq: number
  at: Date
  by: Actor
  what: string
  subject: string
  caseId: CaseId | null
  details: Record<string, unknown>
  previous: string
  hash: string
}

export type AuditVerdict = {
  ok: boolean
  entries: number
  /** The first entry that is not what was written (`changed`), is not there (`missing`), or follows another one (`moved`); `head`: the newest was cut off or the head changed. Null when the chain is whole. */
  firstBroken: { seq: number; why: 'changed' | 'missing' | 'moved' | 'head' } | null
  /** The newest entry; kept elsewhere it proves that nothing was cut off. */
  head: { seq: number; hash: string }
}

export type AuditPage = {
  caseId: CaseId | null
  what: string | null
  /** An actor's id. */
  by: string | null
  from: Date | null
  to: Date | null
  cursor: string | null
  limit: number
}

/** What happened, append-only and hash-chained per shop. */
export type Audit = {
  /** Newest first. Throws Fault user `db.cursor.invalid`. */
  entries(
    shop: ShopId,
    page: AuditPage,
    signal: AbortSignal,
  ): Promise<{ items: AuditEntry[]; nextCursor: string | null }>
  /** Reads the chain from its first entry, up to the head it has when it begins. */
  verify(shop: ShopId, signal: AbortSignal): Promise<AuditVerdict>
}
