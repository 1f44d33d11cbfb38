import { sql } from 'kysely'
import type { BudgetUsed, Counters } from '#domain/approvals/judgement.ts'
import type { KillScope } from '#domain/approvals/policy.ts'
import type { ProposedAction, SpentByKind } from '#domain/approvals/proposal.ts'
import type { ActionKind } from '#domain/exceptions/action.ts'
import type { OrderId, ProposalId, ShopId } from '#domain/ids.ts'
import type { Money } from '#domain/money.ts'
import type { DatabaseTransaction } from '../../database.ts'
import { readMoney } from '../cases/case-rows.ts'
import { levelOf } from '../policy/levels.ts'
import type { BudgetBooking, BudgetRow, LockedCase } from './locked-case.port.ts'

type About = Parameters<LockedCase['counters']>[0]

/** What policy counts besides the proposal itself. */
export async function readCounters(
  transaction: DatabaseTransaction,
  shop: ShopId,
  type: string,
  { order, customerId, day, since, except }: About,
): Promise<Counters> {
  const others = await spentOnOrder(transaction, shop, order, since, except)
  const keys = [['type', type], ['shop', ''], ...(customerId === null ? [] : [['customer', customerId]])] as [
    Counters['paused'][number] | 'type' | 'shop' | 'customer',
    string,
  ][]
  const used = await transaction
    .selectFrom('budget_uses')
    .selectAll()
    .where('shop', '=', shop)
    .where('day', '=', day)
    .where((where) =>
      where.or(keys.map(([per, key]) => where.and([where('per', '=', per as 'shop'), where('key', '=', key)]))),
    )
    .execute()
  const paused = await transaction
    .selectFrom('kill_switches')
    .select('scope')
    .where('shop', '=', shop)
    .where('is_on', '=', true)
    .execute()
  const of = (per: string): BudgetUsed => {
    const rows = used.filter((row) => row.per === per)
    return {
      automatic: Object.fromEntries(rows.map(({ currency, automatic }) => [currency, Number(automatic)])),
      total: Object.fromEntries(rows.map(({ currency, total }) => [currency, Number(total)])),
    }
  }
  return {
    onOrder: sumByKind(others),
    used: { customer: of('customer'), type: of('type'), shop: of('shop') },
    paused: paused.map(({ scope }) => scope as KillScope).sort(),
    level: await levelOf(transaction, shop, type),
  }
}

type Spent = { kind: ActionKind; money: Money | null }

/** What went out or is about to: the journal where a proposal has got so far, and what was decided and not yet authorised. */
async function spentOnOrder(
  transaction: DatabaseTransaction,
  shop: ShopId,
  order: OrderId,
  since: Date,
  except: ProposalId | null,
): Promise<Spent[]> {
  const done = await transaction
    .selectFrom('actions')
    .select(['kind', 'amount', 'currency'])
    .where('shop', '=', shop)
    .where('order_id', '=', order)
    .where('undo_of', 'is', null)
    .where('state', 'not in', ['failed', 'cancelled', 'undone'])
    .where('authorised_at', '>=', since)
    .$if(except !== null, (query) => query.where('proposal', '<>', except))
    .execute()
  const decided = await transaction
    .selectFrom('proposals')
    .select(sql<ProposedAction[]>`shown -> 'actions'`.as('actions'))
    .where('shop', '=', shop)
    .where('order_id', '=', order)
    .where('state', 'in', ['approved', 'released'])
    .where('created_at', '>=', since)
    .where(sql<boolean>`not exists (select from actions where actions.proposal = proposals.id)`)
    .$if(except !== null, (query) => query.where('id', '<>', except))
    .execute()
  return [
    ...done.map(({ kind, amount, currency }) => ({ kind: kind as ActionKind, money: readMoney(amount, currency) })),
    ...decided.flatMap(({ actions }) => actions),
  ]
}

function sumByKind(actions: Spent[]): SpentByKind {
  const sums: SpentByKind = {}
  for (const { kind, money } of actions) {
    if (!money) continue
    const sum = sums[kind] ?? {}
    sum[money.currency] = (sum[money.currency] ?? 0) + money.amount
    sums[kind] = sum
  }
  return sums
}

const inOrder = (a: BudgetBooking, b: BudgetBooking) => {
  const [left, right] = [a, b].map(({ per, key, currency }) => `${per}\n${key}\n${currency}`)
  return (left as string) < (right as string) ? -1 : left === right ? 0 : 1
}

/** See LockedCase.lockBudgets. Rows are made where they are missing, and locked in the order of their keys: no two bookings can wait for each other. */
export async function lockBudgets(
  transaction: DatabaseTransaction,
  shop: ShopId,
  day: string,
  bookings: BudgetBooking[],
): Promise<BudgetRow[]> {
  const rows: BudgetRow[] = []
  for (const { per, key, currency } of [...bookings].sort(inOrder)) {
    if (rows.some((row) => row.per === per && row.key === key && row.currency === currency)) continue
    await transaction
      .insertInto('budget_uses')
      .values({ shop, day, per, key, currency, automatic: 0, total: 0 })
      .onConflict((conflict) => conflict.columns(['shop', 'day', 'per', 'key', 'currency']).doNothing())
      .execute()
    const row = await transaction
      .selectFrom('budget_uses')
      .select(['automatic', 'total'])
      .where('shop', '=', shop)
      .where('day', '=', day)
      .where('per', '=', per)
      .where('key', '=', key)
      .where('currency', '=', currency)
      .forUpdate()
      .executeTakeFirstOrThrow()
    rows.push({ per, key, currency, automatic: Number(row.automatic), total: Number(row.total) })
  }
  return rows
}

/** See LockedCase.book. */
export async function book(
  transaction: DatabaseTransaction,
  shop: ShopId,
  day: string,
  bookings: BudgetBooking[],
): Promise<void> {
  for (const { per, key, currency, amount, automatic } of [...bookings].sort(inOrder))
    await transaction
      .updateTable('budget_uses')
      .set({
        total: sql<number>`total + ${amount}`,
        ...(automatic ? { automatic: sql<number>`automatic + ${amount}` } : {}),
      })
      .where('shop', '=', shop)
      .where('day', '=', day)
      .where('per', '=', per)
      .where('key', '=', key)
      .where('currency', '=', currency)
      .execute()
}
