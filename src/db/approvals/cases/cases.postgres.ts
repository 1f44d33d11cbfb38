import { sql } from 'kysely'
import { CASE_STATUSES, type CaseAction, type CaseDetail, type CaseStatus } from '#domain/approvals/case.ts'
import { readJson } from '#domain/foreign-json.ts'
import type { CaseId, ShopId } from '#domain/ids.ts'
import type { Role } from '#domain/roles.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import { type Database, type DatabaseTransaction, inShop } from '../../database.ts'
import { readAction } from '../locked/action-rows.ts'
import type { ActionRow } from '../locked/actions.port.ts'
import { readDecision, readProposal } from '../locked/proposal-rows.ts'
import { listCases } from './case-list.ts'
import { readCase } from './case-rows.ts'
import type { CaseStore, DueCase } from './cases.port.ts'
import { groupCase, listIncidents } from './incidents.ts'
import { openCase } from './open-case.ts'

/** Cases in PostgreSQL. */
export function postgresCases(database: Database, clock: Clock, ids: Ids): CaseStore {
  return {
    open: (shop, report, by, signal) =>
      inShop(database, shop, signal, (transaction) => openCase(transaction, shop, report, by, clock.now(), ids)),
    load: (shop, id, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const row = await one(transaction, shop, id)
        return row ? readCase(row, clock.now()) : null
      }),
    detail: (shop, id, signal) =>
      inShop(database, shop, signal, (transaction) => detail(transaction, shop, id, clock.now())),
    list: (shop, page, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const now = clock.now()
        const { rows, nextCursor } = await listCases(transaction, shop, page, now)
        return { items: rows.map((row) => readCase(row, now)), nextCursor }
      }),
    counts: (shop, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const { rows } = await sql<{ status: CaseStatus; n: number }>`
          select status, count(*)::integer as n from cases where shop = ${shop} group by status`.execute(transaction)
        const found = new Map(rows.map(({ status, n }) => [status, n]))
        return Object.fromEntries(CASE_STATUSES.map((status) => [status, found.get(status) ?? 0])) as Record<
          CaseStatus,
          number
        >
      }),
    timeline: (shop, id, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        if (!(await one(transaction, shop, id))) return null
        const rows = await transaction
          .selectFrom('audit_entries')
          .selectAll()
          .where('shop', '=', shop)
          .where('case_id', '=', id)
          .orderBy('seq')
          .execute()
        return rows.map((row) => ({
          at: new Date(row.at),
          what: row.what,
          by: { id: row.by_id, name: row.by_name, role: row.by_role as Role | null },
          details: readJson(row.details) as Record<string, unknown>,
        }))
      }),
    ofOrder: (shop, order, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const rows = await transaction
          .selectFrom('cases')
          .selectAll()
          .where('shop', '=', shop)
          .where('order_id', '=', order)
          .where('status', '<>', 'resolved')
          .orderBy('opened_at', 'desc')
          .execute()
        return rows.map((row) => readCase(row, clock.now()))
      }),
    historyOfOrder: (shop, order, since, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const rows = await transaction
          .selectFrom('cases')
          .selectAll()
          .where('shop', '=', shop)
          .where('order_id', '=', order)
          .$if(since !== null, (query) => query.where(sql<boolean>`(status <> 'resolved' or changed_at > ${since})`))
          .orderBy('changed_at', 'desc')
          .orderBy('id')
          .execute()
        return rows.map((row) => readCase(row, clock.now()))
      }),
    group: (shop, id, cause, signal) =>
      inShop(database, shop, signal, (transaction) => groupCase(transaction, shop, id, cause, clock.now(), ids)),
    incidents: (shop, page, signal) =>
      inShop(database, shop, signal, (transaction) => listIncidents(transaction, shop, page)),
    due: (shop, { now, since, limit }, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        // What is being done ends first: it needs what it was told.
        const owes = sql<boolean>`(forget and erased_at is null and status <> 'executing' and changed_at <= ${since}
          and not exists (select from actions where case_id = cases.id and state in ('authorised', 'sending', 'unknown')))`
        const { rows } = await sql<{ caseId: CaseId; what: DueCase; status: CaseStatus; round: number }>`
          select id as "caseId", case when ${owes} then 'erased' when status = 'waiting' then 'again' else 'left' end as what,
            status, round from cases
          where shop = ${shop} and status <> 'resolved' and ((status = 'waiting' and look_again_at <= ${now})
            or (status in ('investigating', 'executing') and changed_at <= ${since}) or ${owes})
          order by changed_at, id limit ${limit}`.execute(transaction)
        return rows
      }),
  }
}

function one(transaction: DatabaseTransaction, shop: ShopId, id: CaseId) {
  return transaction.selectFrom('cases').selectAll().where('shop', '=', shop).where('id', '=', id).executeTakeFirst()
}

async function detail(
  transaction: DatabaseTransaction,
  shop: ShopId,
  id: CaseId,
  now: Date,
): Promise<CaseDetail | null> {
  const row = await one(transaction, shop, id)
  if (!row) return null
  const shown = await transaction
    .selectFrom('proposals')
    .selectAll()
    .where('case_id', '=', id)
    .where('state', '<>', 'superseded')
    .orderBy('revision', 'desc')
    .limit(1)
    .executeTakeFirst()
  const actions = await transaction
    .selectFrom('actions')
    .selectAll()
    .where('case_id', '=', id)
    .orderBy('authorised_at')
    .orderBy('position')
    .orderBy('id')
    .execute()
  const decisions = await transaction
    .selectFrom('decisions')
    .selectAll()
    .where('case_id', '=', id)
    .orderBy('at')
    .execute()
  const proposal = shown ? readProposal(shown) : null
  return {
    ...readCase(row, now),
    evidence: proposal?.evidence ?? [],
    proposal,
    actions: actions.map(readAction).map(caseAction),
    decisions: decisions.map(readDecision),
  }
}

function caseAction(action: ActionRow): CaseAction {
  const { id, kind, args, effect, state, receipt, why, money, reversible, undoableUntil, undoOf } = action
  return { id, kind, args, effect, status: state, receipt, why, money, reversible, undoableUntil, undoOf }
}
