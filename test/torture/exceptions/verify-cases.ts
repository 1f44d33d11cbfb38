import { sql } from 'kysely'
import type { InstanceKeys } from '#app/keys.ts'
import { type Database, inShop } from '#db/database.ts'
import type { ShopId } from '#domain/ids.ts'
import type { Call } from '../ledger.ts'
import { AUTOMATIC_A_DAY, type CaseLedger } from './case-work.ts'

const { signal } = new AbortController()

export type CaseVerdict = {
  lost: string[]
  duplicated: string[]
  /** Beyond a budget, without authority, or an audit that is not whole. */
  forbidden: string[]
  effects: number
}

type ActionRow = {
  id: string
  case_id: string
  order_id: string
  kind: string
  state: string
  automatic: boolean
  amount: string | null
  budget_day: string
  undo_of: string | null
}
type CaseRow = { id: string; order_id: string; type: string; status: string }
type EffectRow = { key: string; kind: string; order_id: string; outcome: { outcome: string } }

/** Whether nothing is on its way any more: no case is looked into or acted on, and no action is open. */
export async function allSettled(database: Database, shop: ShopId): Promise<boolean> {
  return inShop(database, shop, signal, async (transaction) => {
    const { rows } = await sql<{ open: string }>`
      select (select count(*) from actions where state in ('authorised', 'sending', 'unknown'))
        + (select count(*) from cases where status in ('investigating', 'executing')) as open`.execute(transaction)
    return Number(rows[0]?.open) === 0
  })
}

/** Holds cases, journal and the shop's world to what was acknowledged. */
export async function verifyCases(
  ledger: CaseLedger,
  database: Database,
  shop: ShopId,
  call: Call,
  keys: InstanceKeys,
): Promise<CaseVerdict> {
  const verdict: CaseVerdict = { lost: [], duplicated: [], forbidden: [], effects: 0 }
  const { actions, effects, cases, finals } = await inShop(database, shop, signal, async (transaction) => ({
    actions: (await sql<ActionRow>`select * from actions where order_id like 'TRT-%'`.execute(transaction)).rows,
    effects: (
      await sql<EffectRow>`select * from sandbox.effects where order_id like 'TRT-%' and key like 'act%'`.execute(
        transaction,
      )
    ).rows,
    cases: (
      await sql<CaseRow>`select id, order_id, type, status from cases where order_id like 'TRT-%'`.execute(transaction)
    ).rows,
    finals: (
      await sql<{ case_id: string; count: string }>`
        select case_id, count(*) as count from decisions where final and decision = 'approve' group by case_id, proposal`.execute(
        transaction,
      )
    ).rows,
  }))
  const known = new Set(cases.map(({ id }) => id))
  for (const [order, caseId] of ledger.reported) if (!known.has(caseId)) verdict.lost.push(`case ${caseId} of ${order}`)
  // A report that comes after a case was resolved opens another one; two open ones there never are.
  const open = cases.filter(({ status }) => status !== 'resolved')
  for (const [of, some] of Map.groupBy(open, ({ order_id, type }) => `${type} of ${order_id}`))
    if (some.length > 1) verdict.duplicated.push(`${some.length} open cases, ${of}`)
  for (const { case_id, count } of finals)
    if (Number(count) > 1) verdict.duplicated.push(`case ${case_id}: ${count} approvals`)
  const acted = new Set(actions.map(({ case_id }) => case_id))
  for (const caseId of ledger.approved.keys()) if (!acted.has(caseId)) verdict.lost.push(`approval of ${caseId}`)
  await verifyEffects(actions, effects, verdict)
  verifyMoney(actions, verdict)
  const { json } = await call('GET', '/v1/audit/verify', { token: keys.adminKey })
  if ((json as { ok?: boolean }).ok !== true) verdict.forbidden.push(`audit: ${JSON.stringify(json)}`)
  verdict.effects = effects.length
  return verdict
}

async function verifyEffects(actions: ActionRow[], effects: EffectRow[], verdict: CaseVerdict): Promise<void> {
  const journal = new Map(actions.map((action) => [action.id, action]))
  const happened = effects.filter(({ outcome }) => outcome.outcome === 'succeeded')
  for (const { key, kind } of happened)
    if (!journal.has(key)) verdict.forbidden.push(`effect ${kind} ${key} that the journal does not know`)
  const done = new Set(happened.map(({ key }) => key))
  for (const { id, kind, state } of actions) {
    if ((state === 'succeeded' || state === 'undone') && !done.has(id))
      verdict.lost.push(`${kind} ${id}: ${state}, and no effect`)
    if (state === 'cancelled' && done.has(id)) verdict.forbidden.push(`${kind} ${id}: cancelled, and done`)
    if (state === 'failed' && done.has(id)) verdict.lost.push(`${kind} ${id}: failed, and done`)
  }
  // One make-good an order: a refund or a second parcel, once.
  const goods = happened.filter(({ kind }) => kind === 'refund' || kind === 'reship')
  for (const [order, of] of Map.groupBy(goods, ({ order_id }) => order_id))
    if (of.length > 1) verdict.duplicated.push(`${order}: ${of.map(({ kind }) => kind).join(' and ')}`)
}

function verifyMoney(actions: ActionRow[], verdict: CaseVerdict): void {
  const spent = actions.filter(({ automatic, state }) => automatic && !['failed', 'cancelled'].includes(state))
  for (const [day, of] of Map.groupBy(spent, ({ budget_day }) => budget_day)) {
    const sum = of.reduce((total, { amount }) => total + Number(amount ?? 0), 0)
    if (sum > AUTOMATIC_A_DAY) verdict.forbidden.push(`${sum} spent without a person on ${day}`)
  }
}
