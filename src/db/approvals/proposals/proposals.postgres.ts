import { sql } from 'kysely'
import type { RejectionReason } from '#domain/approvals/proposal.ts'
import type { CaseId, ProposalId } from '#domain/ids.ts'
import type { Role } from '#domain/roles.ts'
import { type Database, type DatabaseTransaction, inShop } from '../../database.ts'
import { readDecision, readProposal } from '../locked/proposal-rows.ts'
import type { DeadlineStep, ProposalStore, ReviewerFigures } from './proposals.port.ts'

/** Proposals in PostgreSQL. */
export function postgresProposals(database: Database): ProposalStore {
  return {
    current: (shop, id, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const row = await ofCase(transaction, id)
          .where('state', '<>', 'superseded')
          .orderBy('revision', 'desc')
          .limit(1)
          .executeTakeFirst()
        if (!row) return null
        const decisions = await transaction
          .selectFrom('decisions')
          .selectAll()
          .where('case_id', '=', id)
          .where('proposal', '=', row.id)
          .orderBy('at')
          .execute()
        return { ...readProposal(row), decisions: decisions.map(readDecision) }
      }),
    byHash: (shop, id, hash, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const row = await ofCase(transaction, id).where('hash', '=', hash).executeTakeFirst()
        return row ? readProposal(row) : null
      }),
    byId: (shop, id, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const row = await transaction
          .selectFrom('proposals')
          .selectAll()
          .where('shop', '=', shop)
          .where('id', '=', id)
          .executeTakeFirst()
        return row ? readProposal(row) : null
      }),
    revisions: (shop, id, signal) =>
      inShop(database, shop, signal, async (transaction) =>
        (await ofCase(transaction, id).orderBy('revision').execute()).map(readProposal),
      ),
    deadlines: (shop, { now, remindAt, escalateAt, limit }, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const { rows } = await sql<{ caseId: CaseId; proposal: ProposalId; step: DeadlineStep }>`
          select "caseId", proposal, step from (
            select cases.id as "caseId", proposals.id as proposal, proposals.created_at, case
              when reminded_at is null and opened_at + (due_by - opened_at) * ${remindAt}::double precision <= ${now} then 'reminder'
              when escalated_at is null and opened_at + (due_by - opened_at) * ${escalateAt}::double precision <= ${now} then 'escalation'
              when lapsed_at is null and due_by <= ${now} then 'fallback'
              when expires_at <= ${now} then 'expiry' end as step
            from proposals join cases on cases.id = proposals.case_id
            where proposals.shop = ${shop} and proposals.state = 'standing') as steps
          where step is not null order by created_at, proposal limit ${limit}`.execute(transaction)
        return rows
      }),
    rejected: (shop, since, limit, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const rows = await transaction
          .selectFrom('decisions')
          .innerJoin('proposals', 'proposals.id', 'decisions.proposal')
          .selectAll('proposals')
          .select(['reason_code', 'note', 'by_id', 'by_name', 'by_role', 'decisions.at as decided_at'])
          .where('decisions.shop', '=', shop)
          .where('decision', '=', 'reject')
          .where('decisions.at', '>=', since)
          .orderBy('decisions.at', 'desc')
          .orderBy('decisions.id', 'desc')
          .limit(limit)
          .execute()
        return rows.map(({ reason_code, note, by_id, by_name, by_role, decided_at, ...row }) => {
          const proposal = readProposal(row)
          return {
            proposal,
            type: proposal.type,
            reasonCode: (reason_code ?? 'other') as RejectionReason,
            note,
            by: { id: by_id, name: by_name, role: by_role as Role | null },
            at: decided_at,
            remembered: proposal.draft.remembered ?? null,
          }
        })
      }),
    reviewers: (shop, since, readingMs, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const { rows } = await sql<Omit<ReviewerFigures, 'by'> & { id: string; name: string }>`
          select by_id as id, max(by_name) as name, count(*)::integer as decisions,
            count(*) filter (where decision = 'approve')::integer as approvals,
            count(*) filter (where decision = 'approve' and at > coalesce(other, '-infinity'))::integer as streak,
            percentile_cont(0.5) within group (order by took_ms) as "medianMs",
            count(*) filter (where took_ms < ${readingMs} and coalesce(evidence_opened, 0) = 0)::integer as unread
          from (select *, max(at) filter (where decision <> 'approve') over (partition by by_id) as other
            from decisions where shop = ${shop} and at >= ${since}) as words
          group by by_id order by decisions desc, by_id`.execute(transaction)
        return rows.map(({ id, name, ...figures }) => ({ by: { id, name }, ...figures }))
      }),
  }
}

function ofCase(transaction: DatabaseTransaction, id: CaseId) {
  return transaction.selectFrom('proposals').selectAll().where('case_id', '=', id)
}
