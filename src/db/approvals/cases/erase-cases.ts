import { sql } from 'kysely'
import type { ShopId } from '#domain/ids.ts'
import type { DatabaseTransaction } from '../../database.ts'

/**
 * Takes away what exceptions of these customers say of them, in the caller's transaction. One that is still open is work on an
 * order; it is blanked when it is resolved. What was decided, when, by whom and about how much stays, as does the audit, which
 * holds no personal data.
 */
export async function eraseCaseData(
  transaction: DatabaseTransaction,
  shop: ShopId,
  customers: string[],
  at: Date,
): Promise<void> {
  if (customers.length === 0) return
  await sql`
    update cases set forget = true where shop = ${shop} and customer_id = any(${customers}) and status <> 'resolved'`.execute(
    transaction,
  )
  const { rows } = await sql<{ id: string }>`
    select id from cases where shop = ${shop} and customer_id = any(${customers}) and status = 'resolved' order by id
    for update`.execute(transaction)
  await blankCases(
    transaction,
    rows.map(({ id }) => id),
    at,
  )
  // Today's still counts: who asks to be forgotten gets no new budget by it.
  await sql`
    delete from budget_uses where shop = ${shop} and per = 'customer' and key = any(${customers})
      and day < ${at.toISOString().slice(0, 10)}`.execute(transaction)
}

/**
 * Takes what these customers, and whoever proved these orders theirs, wrote of an exception out of it and its proposals, open or
 * not: it is decided by facts, not by their words. What else an open case holds, its agent's notes among it, goes when it is resolved.
 */
export async function eraseShopperWords(
  transaction: DatabaseTransaction,
  shop: ShopId,
  { customers, orders }: { customers: string[]; orders: string[] },
  at: Date,
): Promise<void> {
  if (customers.length + orders.length === 0) return
  const { rows } = await sql<{ id: string; unlocked: boolean; resolved: boolean }>`
    select id, order_id = any(${orders}) as unlocked, status = 'resolved' as resolved from cases
    where shop = ${shop} and blanked_at is null and (customer_id = any(${customers}) or order_id = any(${orders}))
      and id in (select case_id from case_reports where shop = ${shop} and source = ${BY_SHOPPER})
    order by id for update`.execute(transaction)
  const ids = rows.map(({ id }) => id)
  await sql`
    update cases set summary = case when summary = detail then '' else summary end, detail = ''
    where id = any(${ids}) and source = ${BY_SHOPPER}`.execute(transaction)
  await sql`update case_reports set detail = '' where case_id = any(${ids}) and source = ${BY_SHOPPER}`.execute(
    transaction,
  )
  // No part of what an approval is bound to.
  await sql`
    update proposals set shown = shown || jsonb_build_object('evidence', (
      select coalesce(jsonb_agg(case when fact ->> 'source' = ${BY_SHOPPER} then fact || '{"fact": ""}' else fact end
        order by place), '[]')
      from jsonb_array_elements(shown -> 'evidence') with ordinality as facts (fact, place)))
    where case_id = any(${ids})`.execute(transaction)
  const unlocked = rows.filter((row) => row.unlocked)
  await sql`
    update cases set forget = true
    where id = any(${unlocked.map(({ id }) => id)}) and status <> 'resolved'`.execute(transaction)
  await blankCases(
    transaction,
    unlocked.filter(({ resolved }) => resolved).map(({ id }) => id),
    at,
  )
}
/** The source of a report that a shopper made in a conversation. */
const BY_SHOPPER = 'customer'

/** Blanks the cases resolved before, at most `limit`, and gives how many. */
export async function expireCases(
  transaction: DatabaseTransaction,
  shop: ShopId,
  before: Date,
  limit: number,
  at: Date,
): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    select id from cases where shop = ${shop} and status = 'resolved' and blanked_at is null and changed_at < ${before}
    order by changed_at limit ${limit} for update skip locked`.execute(transaction)
  await blankCases(
    transaction,
    rows.map(({ id }) => id),
    at,
  )
  await sql`
    delete from budget_uses where shop = ${shop} and day < ${before.toISOString().slice(0, 10)}`.execute(transaction)
  return rows.length
}

/** Texts, arguments and notes go, in a transaction that has locked the cases. What is blanked can be undone no more. */
export async function blankCases(transaction: DatabaseTransaction, ids: string[], at: Date): Promise<void> {
  if (ids.length === 0) return
  await sql`
    update cases set detail = '', summary = '', data = '{}', words = '{}', customer_id = null, forget = false, blanked_at = ${at}
    where id = any(${ids})`.execute(transaction)
  await sql`delete from case_reports where case_id = any(${ids})`.execute(transaction)
  await sql`update decisions set note = null where case_id = any(${ids})`.execute(transaction)
  await sql`
    update actions set args = '{}', effect = '', customer_id = null, reversible = false, undoable_until = null
    where case_id = any(${ids})`.execute(transaction)
  await sql`
    update proposals set shown = shown
      || '{"summary": "", "evidence": [], "alternatives": [], "keywords": [], "customerId": null, "otherwise": ""}'
      || jsonb_build_object('actions', (
        select coalesce(jsonb_agg(action || '{"args": {}, "effect": ""}' order by place), '[]')
        from jsonb_array_elements(shown -> 'actions') with ordinality as shown_actions (action, place)))
    where case_id = any(${ids})`.execute(transaction)
}
