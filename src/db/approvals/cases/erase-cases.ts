import { sql } from 'kysely'
import { PURSER } from '#domain/approvals/proposal.ts'
import type { ActionKind } from '#domain/exceptions/action.ts'
import type { ShopId } from '#domain/ids.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import { addToOutbox } from '../../background/outbox.postgres.ts'
import type { DatabaseTransaction } from '../../database.ts'
import { appendAudit } from '../audit/append-audit.ts'
import { type StoredCase, searchWords } from './case-rows.ts'

/**
 * Takes away what exceptions of these customers, and of orders that were proven theirs, say of them, in the caller's transaction and
 * last in it. One that is still open goes on: what was known goes at once, what is being done keeps the arguments it needs until it has
 * ended, and the agent is knocked at (`triage`, why `erased`) to drop what it kept and to look anew; the rest goes when it is
 * resolved. What was decided, when, by whom and about how much stays, as does the audit: both name ids alone.
 */
export async function eraseCaseData(
  transaction: DatabaseTransaction,
  shop: ShopId,
  { customers, orders }: { customers: string[]; orders: string[] },
  { at, ids }: { at: Date; ids: Ids },
): Promise<void> {
  if (customers.length + orders.length === 0) return
  const { rows } = await sql<Pick<StoredCase, 'id' | 'order_id' | 'type' | 'status'>>`
    select id, order_id, type, status from cases
    where shop = ${shop} and (customer_id = any(${customers}) or order_id = any(${orders})) order by id for update`.execute(
    transaction,
  )
  const isOver = ({ status }: { status: string }) => status === 'resolved'
  await blankCases(
    transaction,
    rows.filter(isOver).map(({ id }) => id),
    at,
  )
  const open = rows.filter((row) => !isOver(row))
  for (const row of open) await blankOpenCase(transaction, row)
  const openIds = open.map(({ id }) => id)
  // Who decides would not see any more what they decide about.
  await sql`
    update proposals set state = 'superseded', settled_at = ${at} where case_id = any(${openIds}) and state in ('standing', 'blocked')`.execute(
    transaction,
  )
  await sql`
    update cases set forget = true, erased_at = null, changed_at = ${at},
      status = case status when 'awaiting_approval' then 'investigating' else status end
    where id = any(${openIds})`.execute(transaction)
  // Today's still counts: who asks to be forgotten gets no new budget by it.
  await sql`
    delete from budget_uses where shop = ${shop} and per = 'customer' and key = any(${customers})
      and day < ${at.toISOString().slice(0, 10)}`.execute(transaction)
  for (const { id } of rows)
    await addToOutbox(
      transaction,
      { id: ids.make('out'), shop, name: 'triage', payload: { shop, caseId: id, why: 'erased' } },
      at,
    )
  await appendAudit(
    transaction,
    shop,
    openIds.map((id) => ({ by: PURSER, what: 'case_erased', subject: id, caseId: id, details: {} })),
    at,
  )
}

/** See LockedCase.erase: the same once nothing of the case is on its way. Gives the columns as they are afterwards. */
export async function eraseOpenCase(
  transaction: DatabaseTransaction,
  row: StoredCase,
  at: Date,
): Promise<Partial<StoredCase>> {
  const columns = await blankOpenCase(transaction, row)
  await sql`update cases set erased_at = ${at} where id = ${row.id}`.execute(transaction)
  return { ...columns, erased_at: at }
}

/** Kinds whose arguments and effect may name the customer or where they live; of the others they are sums and articles. */
const PERSONAL_KINDS: ActionKind[] = [
  'update_shipping_address',
  'notify_customer',
  'ask_customer',
  'request_address',
  'request_evidence',
  'request_payment_method',
]
/** What a proposal that may still be carried out is needed for stays until it was. */
const AGREED = ['approved', 'released']

/** That something was done, and to which article or sum, has to stay known while the case is open: nothing is done twice. */
async function blankOpenCase(
  transaction: DatabaseTransaction,
  { id, order_id, type, status }: Pick<StoredCase, 'id' | 'order_id' | 'type' | 'status'>,
): Promise<Pick<StoredCase, 'detail' | 'summary' | 'data' | 'words'>> {
  const columns = { detail: '', summary: '', data: {}, words: searchWords([order_id, type, type.replaceAll('_', ' ')]) }
  await transaction
    .updateTable('cases')
    .set({ ...columns, data: '{}' })
    .where('id', '=', id)
    .execute()
  await sql`update case_reports set detail = '' where case_id = ${id}`.execute(transaction)
  await sql`update decisions set note = null where case_id = ${id}`.execute(transaction)
  const under = sql<boolean>`exists (select from actions where actions.proposal = proposals.id
    and actions.state in ('authorised', 'sending', 'unknown'))`
  const isNeeded = sql<boolean>`(${under} or ${status === 'executing'} and state = any(${AGREED}))`
  await sql`
    update proposals set shown = shown || ${BLANK_SHOWN}::jsonb || case when ${isNeeded} then '{}'::jsonb else
      '{"customerId": null}'::jsonb || jsonb_build_object('actions', ${blankActions}) end
    where case_id = ${id}`.execute(transaction)
  await sql`
    update actions set effect = '', args = args - 'address' - 'text'
    where case_id = ${id} and kind = any(${PERSONAL_KINDS}) and state not in ('authorised', 'sending', 'unknown')
      and not exists (select from proposals where proposals.id = actions.proposal and ${isNeeded})`.execute(transaction)
  return columns
}

const BLANK_SHOWN =
  '{"summary": "", "evidence": [], "alternatives": [], "keywords": [], "otherwise": "", "remembered": null}'
const blankActions = sql`(
  select coalesce(jsonb_agg(action || '{"args": {}, "effect": ""}' order by place), '[]')
  from jsonb_array_elements(shown -> 'actions') with ordinality as shown_actions (action, place))`

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
    update proposals set shown = shown || ${BLANK_SHOWN}::jsonb || '{"customerId": null}'
      || jsonb_build_object('actions', ${blankActions})
    where case_id = any(${ids})`.execute(transaction)
}
