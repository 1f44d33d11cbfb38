import { sql } from 'kysely'
import type { SeenAction } from '#domain/approvals/shadow.ts'
import type { ActionKind, Verdict } from '#domain/exceptions/action.ts'
import { EXCEPTION_TYPES, type ExceptionType } from '#domain/exceptions/exception-type.ts'
import type { ProposalId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { type Database, inShop } from '../../database.ts'
import type { ShadowFigure, ShadowStore } from './shadow.port.ts'

/** Shadow decisions in PostgreSQL. Throws what `inShop` throws. */
export function postgresShadows(database: Database, clock: Clock): ShadowStore {
  return {
    keep: (shop, { caseId, proposal, type, verdict, would }, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        await transaction
          .insertInto('shadow_decisions')
          .values({ shop, case_id: caseId, proposal, type, verdict, would: JSON.stringify(would), at: clock.now() })
          .onConflict((conflict) => conflict.column('case_id').doNothing())
          .execute()
      }),
    open: (shop, caseId, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const row = await transaction
          .selectFrom('shadow_decisions')
          .select(['proposal', 'type', 'verdict', 'would'])
          .where('shop', '=', shop)
          .where('case_id', '=', caseId)
          .where('compared_at', 'is', null)
          .where(sql<boolean>`would <> '[]'`)
          .where(sql<boolean>`not exists (select from decisions
            where decisions.case_id = shadow_decisions.case_id and final and decision <> 'ask')`)
          .executeTakeFirst()
        if (!row) return null
        const { proposal, type, verdict, would } = row
        return {
          caseId,
          proposal: proposal as ProposalId,
          type: type as ExceptionType,
          verdict: verdict as Verdict,
          would: would as SeenAction[],
        }
      }),
    compare: (shop, caseId, { did, agreed }, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        await transaction
          .updateTable('shadow_decisions')
          .set({ did: JSON.stringify(did), agreed, compared_at: clock.now() })
          .where('shop', '=', shop)
          .where('case_id', '=', caseId)
          .where('compared_at', 'is', null)
          .execute()
      }),
    figures: (shop, sample, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const { rows } = await sql<{ type: ExceptionType; would: SeenAction[]; agreed: boolean }>`
          select types.type, would, agreed from unnest(${EXCEPTION_TYPES}::text[]) as types (type) cross join lateral (
            select would, agreed from shadow_decisions
            where shop = ${shop} and shadow_decisions.type = types.type and compared_at is not null and verdict = 'auto'
              and would <> '[]'
            order by compared_at desc, case_id desc limit ${sample}) as newest`.execute(transaction)
        return [...Map.groupBy(rows, ({ type }) => type)].map(([type, some]) => figureOf(type, some))
      }),
  }
}

function figureOf(type: ExceptionType, rows: { would: SeenAction[]; agreed: boolean }[]): ShadowFigure {
  const count = (some: { agreed: boolean }[]) => ({
    compared: some.length,
    agreed: some.filter(({ agreed }) => agreed).length,
  })
  const kinds = [...new Set(rows.flatMap(({ would }) => would.map(({ kind }): ActionKind => kind)))].sort()
  const actions = kinds.map((kind) => ({
    kind,
    ...count(rows.filter(({ would }) => would.some((action) => action.kind === kind))),
  }))
  return { type, ...count(rows), actions }
}
