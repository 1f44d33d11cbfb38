import { sql } from 'kysely'
import type { Incident } from '#domain/approvals/case.ts'
import { PURSER } from '#domain/approvals/proposal.ts'
import type { CaseId, IncidentId, ShopId } from '#domain/ids.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import type { DatabaseTransaction } from '../../database.ts'
import { appendAudit } from '../audit/append-audit.ts'
import { INTEGER, readCursor, writeCursor } from '../cursor.ts'

/** See CaseStore.group. Cases of one cause are grouped one at a time, so that the last of `from` finds the others. */
export async function groupCase(
  transaction: DatabaseTransaction,
  shop: ShopId,
  id: CaseId,
  cause: { key: string; reason: string; from: number } | null,
  now: Date,
  ids: Ids,
): Promise<IncidentId | null> {
  if (cause === null) {
    await sql`update cases set cause_key = null, incident = null where shop = ${shop} and id = ${id}`.execute(
      transaction,
    )
    return null
  }
  const { key, reason, from } = cause
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${shop}\n${key}`}, 11))`.execute(transaction)
  // In the order in which an erasure locks its customer's cases, so that neither waits for the other for ever.
  await sql`
    select from cases where shop = ${shop} and (id = ${id} or (cause_key = ${key} and status <> 'resolved'))
    order by id for update`.execute(transaction)
  await sql`
    update cases set cause_key = ${key}, incident = (select id from incidents where shop = ${shop} and cause_key = ${key})
    where shop = ${shop} and id = ${id}`.execute(transaction)
  const { rows } = await sql<{ id: IncidentId | null; open: number }>`
    select (select id from incidents where shop = ${shop} and cause_key = ${key}) as id,
      (select count(*)::integer from cases where shop = ${shop} and cause_key = ${key} and status <> 'resolved') as open`.execute(
    transaction,
  )
  const found = rows[0]
  if (!found || found.id !== null || found.open < from) return found?.id ?? null
  const incident = ids.make('inc')
  await transaction
    .insertInto('incidents')
    .values({ shop, id: incident, cause_key: key, reason, opened_at: now })
    .execute()
  await sql`
    update cases set incident = ${incident} where shop = ${shop} and cause_key = ${key} and status <> 'resolved'`.execute(
    transaction,
  )
  const details = { key, cases: found.open }
  await appendAudit(
    transaction,
    shop,
    [{ by: PURSER, what: 'incident_opened', subject: incident, caseId: id, details }],
    now,
  )
  return incident
}

/** See CaseStore.incidents. */
export async function listIncidents(
  transaction: DatabaseTransaction,
  shop: ShopId,
  { open, cursor, limit }: { open: boolean; cursor: string | null; limit: number },
): Promise<{ items: Incident[]; nextCursor: string | null }> {
  const after = cursor === null ? null : readCursor('incidents', cursor, INTEGER)
  const { rows } = await sql<{
    id: IncidentId
    key: string
    reason: string
    opened_at: Date
    cases: number
    open: number
    money: Record<string, string> | null
  }>`
    select incidents.id, cause_key as key, reason, incidents.opened_at, sums.cases, sums.open, sums.money
    from incidents, lateral (
      select sum(cases)::integer as cases, sum(open)::integer as open,
        jsonb_object_agg(currency, stake) filter (where currency is not null and stake > 0) as money
      from (select currency, count(*) as cases, count(*) filter (where status <> 'resolved') as open,
          coalesce(sum(at_stake) filter (where status <> 'resolved'), 0)::text::bigint as stake
        from cases where cases.shop = ${shop} and cases.incident = incidents.id group by currency) as by_currency) as sums
    where incidents.shop = ${shop} ${open ? sql`and sums.open > 0` : sql``}
      ${after ? sql`and incidents.id < ${after.id}` : sql``}
    order by incidents.id desc limit ${limit + 1}`.execute(transaction)
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).map(({ id, key, reason, opened_at, cases, open: openCases, money }) => ({
      id,
      key,
      reason,
      openedAt: opened_at,
      cases: cases ?? 0,
      openCases: openCases ?? 0,
      atStake: Object.entries(money ?? {}).map(([currency, amount]) => ({ amount: Number(amount), currency })),
    })),
    nextCursor: last ? writeCursor('incidents', 0, last.id) : null,
  }
}
