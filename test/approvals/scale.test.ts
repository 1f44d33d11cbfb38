import { type Expression, sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { entriesOf } from '#db/approvals/audit/audit.postgres.ts'
import { postgresPolicies } from '#db/approvals/policy/policy.postgres.ts'
import { lastWords } from '#db/approvals/policy/policy-figures.ts'
import { type DatabaseTransaction, inShop } from '#db/database.ts'
import { ADA, type ApprovalsBench, approvalsBench } from '../fixtures/approvals-bench.ts'

const MANY = 3_000
let bench: ApprovalsBench
beforeAll(async () => {
  bench = await approvalsBench()
  await bench.policy()
  const { caseId, proposal } = await bench.proposed()
  await bench.approve(caseId, proposal.hash)
  await fill(bench, MANY)
})
afterAll(() => bench.close())
const { signal } = new AbortController()

/** Copies of one decided case: its proposal, decision, waiting action and audit entry. */
async function fill({ asOwner, shop }: ApprovalsBench, many: number): Promise<void> {
  const copy = (table: string, changes: Record<string, string>) => {
    const set = Object.entries(changes).map(([name, value]) => `'${name}', ${value}`)
    return `insert into ${table} select made.*
      from (select * from ${table} where shop = '${shop}' limit 1) as one, generate_series(1, ${many}) as n,
      lateral jsonb_populate_record(null::${table}, to_jsonb(one) || jsonb_build_object(${set.join(', ')})) as made;`
  }
  await asOwner(`
    ${copy('cases', { id: `'cas_' || n`, order_id: `'ORD-copy-' || n` })}
    ${copy('proposals', { id: `'prp_' || n`, case_id: `'cas_' || n`, hash: `'h' || n`, state: `'approved'` })}
    ${copy('decisions', { id: `'dec_' || n`, proposal: `'prp_' || n`, case_id: `'cas_' || n`, at: `timestamptz '2026-01-01' + n * interval '1 second'` })}
    insert into actions (shop, id, case_id, proposal, order_id, type, position, kind, args, effect, reversible, relied_on, state,
        authorised_by, automatic, budget_day, not_before, authorised_at)
      select '${shop}', 'act_' || n, 'cas_' || n, 'prp_' || n, 'ORD-copy-' || n, 'lost_in_transit', 0, 'refund', '{}', '', false, '[]',
        'authorised', 'dec', false, '2026-01-01', now(), now() from generate_series(1, ${many}) as n;
    insert into audit_entries select shop, n, at, 'opr_busy', by_name, by_role, 'often', subject, case_id, details, previous, hash
      from (select * from audit_entries where shop = '${shop}' limit 1) as one, generate_series(100, 100 + ${many}) as n;
    analyze`)
}

/** How many rows the busiest step of a query's plan read, as PostgreSQL counted them when it ran. */
async function rowsRead(query: (transaction: DatabaseTransaction) => Expression<unknown>): Promise<number> {
  return inShop(bench.database, bench.shop, signal, async (transaction) => {
    const { rows } = await sql<{ 'QUERY PLAN': [{ Plan: Step }] }>`
      explain (analyze, format json) ${query(transaction)}`.execute(transaction)
    return busiest(rows[0]?.['QUERY PLAN'][0].Plan)
  })
}
type Step = { 'Actual Rows': number; 'Actual Loops': number; 'Rows Removed by Filter'?: number; Plans?: Step[] }
const busiest = (step: Step | undefined): number =>
  step
    ? Math.max(
        (step['Actual Rows'] + (step['Rows Removed by Filter'] ?? 0)) * step['Actual Loops'],
        ...(step.Plans ?? []).map(busiest),
      )
    : 0

test.each([
  ['of what happened once', { what: 'policy_stored' }],
  ['of what never happened', { what: 'autonomy_set' }],
  ['of what one person did once', { by: ADA.id }],
  ['of what somebody else did', { by: 'opr_nobody' }],
])('the audit %s is read without all that happened since', async (_what, filter) => {
  const page = { caseId: null, what: null, by: null, from: null, to: null, cursor: null, limit: 50, ...filter }
  expect(await rowsRead((transaction) => entriesOf(transaction, bench.shop, page))).toBeLessThan(100)
})

test('the agreement with people is read from the newest decisions of each type alone', async () => {
  expect(await rowsRead(() => lastWords(bench.shop, 50))).toBeLessThanOrEqual(50)
  const [lost] = (await bench.autonomy.all(bench.shop, signal)).filter(({ type }) => type === 'lost_in_transit')
  expect(lost?.evidence).toMatchObject({ decisions: lost?.evidence.needed, agreed: lost?.evidence.needed })
})

test('a switch that goes off knocks at every case with a waiting action once, in a handful of statements', async () => {
  const { database, clock, ids, outbox, shop } = bench
  let statements = 0
  const counted = database.withPlugin({
    transformQuery: ({ node }) => {
      statements += 1
      return node
    },
    transformResult: async ({ result }) => result,
  })
  const change = { scope: 'shop', on: false, reason: 'over', by: ADA } as const
  await postgresPolicies(counted, clock, ids).setSwitch(shop, change, signal)
  expect(statements).toBeLessThan(12)
  const knocks = (await outbox.pending(shop, 2 * MANY, signal)).filter(({ name }) => name === 'act')
  expect(new Set(knocks.map(({ payload }) => payload.caseId)).size).toBeGreaterThanOrEqual(MANY)
  expect(new Set(knocks.map(({ id }) => id)).size).toBe(knocks.length)
})
