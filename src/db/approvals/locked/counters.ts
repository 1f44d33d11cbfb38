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
    // As the index has it; every undoing stands beside what it takes back.
    .where(sql<boolean>`not exists (select from actions where actions.proposal = proposals.id and undo_of is null)`)
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

/** See LockedCase.lockBudgets. Rows are made where they are missing, and locked in the order of their keys: no two bookings can wait for each other. */
export async function lockBudgets(
  transaction: DatabaseTransaction,
  shop: ShopId,
  day: string,
  bookings: BudgetBooking[],
): Promise<BudgetRow[]> {
  if (bookings.length === 0) return []
  const wanted = columnsOf(bookings)
  await sql`
    insert into budget_uses (shop, day, per, key, currency)
    select distinct on (per, key, currency) ${shop}, ${day}, per, key, currency from ${wanted} order by per, key, currency
    on conflict do nothing`.execute(transaction)
  const { rows } = await sql<{
    per: BudgetRow['per']
    key: string
    currency: string
    automatic: string
    total: string
  }>`
    select per, key, currency, automatic, total from budget_uses
    where shop = ${shop} and day = ${day} and (per, key, currency) in (select per, key, currency from ${wanted})
    order by per, key, currency for update`.execute(transaction)
  return rows.map(({ automatic, total, ...row }) => ({ ...row, automatic: Number(automatic), total: Number(total) }))
}

/** See LockedCase.book; their rows are locked. A day that was forgotten meanwhile has nothing left to give back. */
export async function book(
  transaction: DatabaseTransaction,
  shop: ShopId,
  day: string,
  bookings: BudgetBooking[],
): Promise<void> {
  if (bookings.length === 0) return
  await sql`
    update budget_uses set automatic = greatest(0, budget_uses.automatic + booked.automatic),
      total = greatest(0, budget_uses.automatic + booked.automatic, budget_uses.total + booked.total)
    from (select per, key, currency, sum(amount) as total, coalesce(sum(amount) filter (where automatic), 0) as automatic
      from ${columnsOf(bookings)} group by per, key, currency) as booked
    where budget_uses.shop = ${shop} and budget_uses.day = ${day} and budget_uses.per = booked.per
      and budget_uses.key = booked.key and budget_uses.currency = booked.currency`.execute(transaction)
}

/** Bookings as rows of a query. */
function columnsOf(bookings: BudgetBooking[]) {
  const of = <Name extends keyof BudgetBooking>(name: Name) => bookings.map((booking) => booking[name])
  return sql`unnest(${of('per')}::text[], ${of('key')}::text[], ${of('currency')}::text[], ${of('amount')}::bigint[],
    ${of('automatic')}::boolean[]) as bookings (per, key, currency, amount, automatic)`
}
