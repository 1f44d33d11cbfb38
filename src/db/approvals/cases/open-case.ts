import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { canonicalJson } from '#domain/approvals/canonical-json.ts'
import type { Actor } from '#domain/approvals/proposal.ts'
import type { CaseId, ShopId } from '#domain/ids.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import { addToOutbox } from '../../background/outbox.postgres.ts'
import type { DatabaseTransaction } from '../../database.ts'
import { appendAudit } from '../audit/append-audit.ts'
import { rankWith, searchWords } from './case-rows.ts'
import type { CaseReport, OpenOutcome } from './cases.port.ts'

/** See CaseStore.open. The partial unique index decides who opens; everybody else joins. */
export async function openCase(
  transaction: DatabaseTransaction,
  shop: ShopId,
  report: CaseReport & { risk: number; dueBy: Date },
  by: Actor,
  now: Date,
  ids: Ids,
): Promise<OpenOutcome> {
  const { order, type, source, detail, risk, dueBy } = report
  const id = ids.make('cas')
  const { rows } = await sql<{ id: CaseId }>`
    insert into cases (shop, id, order_id, type, status, customer_id, source, detail, data, opened_at, changed_at, due_by, summary,
      risk, rank, words)
    values (${shop}, ${id}, ${order}, ${type}, 'investigating', ${report.customerId ?? null}, ${source}, ${detail},
      ${JSON.stringify(report.data ?? {})}, ${now}, ${now}, ${dueBy}, ${detail}, ${risk},
      ${rankWith({ risk, opened_at: now, due_by: dueBy }, null)},
      ${searchWords([order, type, type.replaceAll('_', ' '), source, report.customerId])})
    on conflict (shop, order_id, type) where status <> 'resolved' do nothing returning id`.execute(transaction)
  if (rows.length) {
    await keepReport(transaction, shop, id, report, now)
    await addToOutbox(
      transaction,
      { id: ids.make('out'), shop, name: 'triage', payload: { shop, caseId: id, why: 'opened' } },
      now,
    )
    await appendAudit(
      transaction,
      shop,
      [{ by, what: 'case_opened', subject: id, caseId: id, details: { order, type, source } }],
      now,
    )
    return { outcome: 'opened', caseId: id }
  }
  return join(transaction, shop, report, by, now, ids)
}

async function join(
  transaction: DatabaseTransaction,
  shop: ShopId,
  report: CaseReport & { risk: number; dueBy: Date },
  by: Actor,
  now: Date,
  ids: Ids,
): Promise<OpenOutcome> {
  const { order, type, source } = report
  const open = await transaction
    .selectFrom('cases')
    .select(['id', 'status'])
    .where('shop', '=', shop)
    .where('order_id', '=', order)
    .where('type', '=', type)
    .where('status', '<>', 'resolved')
    .forNoKeyUpdate()
    .executeTakeFirst()
  // Resolved between the two statements: then the index lets a new one in.
  if (!open) return openCase(transaction, shop, report, by, now, ids)
  const id = open.id as CaseId
  if (!(await keepReport(transaction, shop, id, report, now))) return { outcome: 'joined', caseId: id, news: false }
  const told = JSON.stringify(report.data ?? {})
  // What a customer asked for and confirmed stays as it was; reports of what went wrong add to what is known.
  await sql`
    update cases set reports = reports + 1,
      data = case when type = 'customer_request' then ${told}::jsonb || data else data || ${told}::jsonb end
    where id = ${id}`.execute(transaction)
  await addToOutbox(
    transaction,
    { id: ids.make('out'), shop, name: 'triage', payload: { shop, caseId: id, why: 'reported' } },
    now,
  )
  await appendAudit(
    transaction,
    shop,
    [{ by, what: 'case_reported_again', subject: id, caseId: id, details: { source } }],
    now,
  )
  return { outcome: 'joined', caseId: id, news: true }
}

/** False when the same was reported before. */
async function keepReport(
  transaction: DatabaseTransaction,
  shop: ShopId,
  caseId: CaseId,
  { source, detail, data }: CaseReport,
  at: Date,
): Promise<boolean> {
  const proof = createHash('sha256')
    .update(canonicalJson({ source, detail, data: data ?? {} }))
    .digest('hex')
  const kept = await transaction
    .insertInto('case_reports')
    .values({ shop, case_id: caseId, proof, source, detail, at })
    .onConflict((conflict) => conflict.columns(['case_id', 'proof']).doNothing())
    .executeTakeFirst()
  return Number(kept.numInsertedOrUpdatedRows) === 1
}
