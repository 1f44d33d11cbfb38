import { type RawBuilder, sql } from 'kysely'
import type { JudgementInputs } from '#domain/approvals/judgement.ts'
import type { Verdict } from '#domain/exceptions/action.ts'
import { EXCEPTION_TYPES, type ExceptionType } from '#domain/exceptions/exception-type.ts'
import type { CaseId, ProposalId, ShopId } from '#domain/ids.ts'
import type { DatabaseTransaction } from '../../database.ts'
import { readMoney } from '../cases/case-rows.ts'
import type { BudgetUse, PastJudgement } from './policy.port.ts'

/** See PolicyStore.judgements. */
export async function judgements(
  transaction: DatabaseTransaction,
  shop: ShopId,
  since: Date,
  limit: number,
): Promise<PastJudgement[]> {
  const { rows } = await sql<{
    caseId: CaseId
    proposal: ProposalId
    type: ExceptionType
    at: Date
    inputs: JudgementInputs
    verdict: Verdict
    at_stake: string | null
    currency: string
    wrong: boolean
  }>`
    select case_id as "caseId", id as proposal, type, created_at as at, inputs, verdict, at_stake, currency,
      state = 'rejected' or exists (select from actions where actions.proposal = proposals.id and undo_of is null
        and state in ('failed', 'undone', 'cancelled')) as wrong
    from proposals
    where shop = ${shop} and created_at >= ${since} and edited_from is null
    order by created_at desc, id desc limit ${limit}`.execute(transaction)
  return rows.map(({ at_stake, currency, wrong, ...row }) => ({
    ...row,
    money: readMoney(at_stake, currency),
    laterFoundWrong: wrong,
  }))
}

type Agreement = { type: ExceptionType; decisions: number; agreed: number }

/** See PolicyStore.agreement. */
export async function agreement(transaction: DatabaseTransaction, shop: ShopId, sample: number): Promise<Agreement[]> {
  return (await lastWords(shop, sample).execute(transaction)).rows
}

/** The newest of each type by the index `decisions_last_words`. The first of two approvals is no last word. */
export function lastWords(shop: ShopId, sample: number): RawBuilder<Agreement> {
  return sql<Agreement>`
    select types.type, count(*)::integer as decisions, count(*) filter (where decision = 'approve')::integer as agreed
    from unnest(${EXCEPTION_TYPES}::text[]) as types (type) cross join lateral (
      select decision from decisions
      where shop = ${shop} and decisions.type = types.type and final and decision <> 'ask'
      order by at desc, id desc limit ${sample}) as last
    group by types.type order by types.type`
}

/** See PolicyStore.budgets. */
export async function budgetUses(transaction: DatabaseTransaction, shop: ShopId, day: string): Promise<BudgetUse[]> {
  const rows = await transaction
    .selectFrom('budget_uses')
    .selectAll()
    .where('shop', '=', shop)
    .where('day', '=', day)
    .orderBy('per')
    .orderBy('key')
    .orderBy('currency')
    .execute()
  const uses = new Map<string, BudgetUse>()
  for (const { per, key, currency, automatic, total } of rows) {
    const use = uses.get(`${per}\n${key}`) ?? {
      per,
      key,
      day,
      automatic: { amounts: [], count: 0 },
      total: { amounts: [], count: 0 },
    }
    uses.set(`${per}\n${key}`, use)
    if (currency === '') {
      use.automatic.count = Number(automatic)
      use.total.count = Number(total)
    } else {
      use.automatic.amounts.push({ amount: Number(automatic), currency })
      use.total.amounts.push({ amount: Number(total), currency })
    }
  }
  return [...uses.values()]
}
