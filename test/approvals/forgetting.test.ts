import { afterAll, beforeAll, expect, test } from 'vitest'
import { postgresSessions } from '#db/access/sessions.postgres.ts'
import { postgresRetention } from '#db/background/retention.postgres.ts'
import { postgresPersonalData } from '#db/support/personal-data.postgres.ts'
import { PURSER } from '#domain/approvals/proposal.ts'
import { type CaseId, customerId, orderId } from '#domain/ids.ts'
import { type ApprovalsBench, approvalsBench, BEN, refundOf } from '../fixtures/approvals-bench.ts'

let bench: ApprovalsBench
beforeAll(async () => {
  bench = await approvalsBench()
  await bench.policy()
})
afterAll(() => bench.close())
const { signal } = new AbortController()
const STREET = '12 Elm Street'

/** A case of the customer with an address in everything that can hold one. */
async function caseOf(customer: string): Promise<CaseId> {
  const order = orderId(`ORD-${customer}`)
  const report = { order, type: 'address_invalid' as const, source: 'check', detail: STREET, data: { line1: STREET } }
  const { caseId } = await bench.cases.open(bench.shop, { ...report, customerId: customer }, PURSER, signal)
  const action = { ...refundOf(7_400), args: { line1: STREET }, effect: `Send to ${STREET}` }
  const evidence = [{ id: 'e', source: 'orders', fact: STREET, observedAt: bench.clock.now().toISOString() }]
  const changes = {
    actions: [action],
    alternatives: [{ summary: STREET, actions: [action] }],
    evidence,
    summary: STREET,
    keywords: [STREET],
    customerId: customer,
  }
  const proposed = await bench.proposals.propose(bench.shop, await bench.draft(caseId, changes), signal)
  if (proposed.outcome !== 'proposed') throw new Error(proposed.outcome)
  const approval = { decision: 'approve' as const, proposalHash: proposed.hash, note: STREET }
  await bench.proposals.decide(bench.shop, caseId, approval, BEN, signal)
  const made = await bench.journal.authorise(bench.shop, caseId, proposed.hash, signal)
  const action_ = made.outcome === 'authorised' ? made.actions[0] : undefined
  if (!action_) throw new Error(made.outcome)
  await bench.journal.begin(bench.shop, action_.id, signal)
  await bench.journal.record(
    bench.shop,
    action_.id,
    { outcome: 'succeeded', receipt: 're', at: '2026-03-04T10:00:00Z' },
    signal,
  )
  return caseId
}
const resolve = (id: CaseId) => bench.cases.resolve(bench.shop, id, 'done', PURSER, signal)
/** Whether the address stands anywhere in the approvals' tables, for one case. */
async function remembers(id: CaseId): Promise<boolean> {
  const found = await bench.asOwner(`
    select 1 from (select id as c, cases::text as t from cases union all select case_id, proposals::text from proposals
      union all select case_id, actions::text from actions union all select case_id, decisions::text from decisions
      union all select case_id, case_reports::text from case_reports
      union all select case_id, audit_entries::text from audit_entries) as everything
    where c = '${id}' and t ilike '%elm%'`)
  return found.length > 0
}
async function erase(customer: string) {
  const now = bench.clock.now()
  const session = {
    id: bench.ids.make('ses'),
    shop: bench.shop,
    customer: { id: customerId(customer), name: 'Ada', email: 'ada@shop.example' },
    locale: 'en',
    region: null,
    channel: null,
    unlockedOrders: [],
    consent: null,
    createdAt: now,
    expiresAt: new Date(now.getTime() + 3_600_000),
  }
  await postgresSessions(bench.database).create(session, customer, signal)
  const owner = { shop: bench.shop, session: session.id, customer: customerId(customer) }
  await postgresPersonalData(bench.database, bench.clock, bench.ids).erase(owner, now, null, signal)
}

test('a resolved exception says nothing of its customer once they asked for it; the decision and the sums stay', async () => {
  const [id, other] = [await caseOf('C-ada'), await caseOf('C-bob')]
  await resolve(id)
  await resolve(other)
  await erase('C-ada')
  expect(await remembers(id)).toBe(false)
  expect(await remembers(other)).toBe(true)
  expect(await bench.cases.detail(bench.shop, id, signal)).toMatchObject({
    customerId: null,
    proposal: { total: { amount: 7_400, currency: 'EUR' }, state: 'approved' },
    decisions: [{ decision: 'approve', by: BEN, note: null }],
    actions: [{ kind: 'refund', receipt: 're', args: {} }],
  })
  expect(await bench.audit.verify(bench.shop, signal)).toMatchObject({ ok: true })
})

test('an open one is finished first', async () => {
  const id = await caseOf('C-cy')
  await erase('C-cy')
  expect(await remembers(id)).toBe(true)
  await resolve(id)
  expect(await remembers(id)).toBe(false)
})

test('what an open one still owes is found although the knock was lost, once nothing of it is on its way', async () => {
  const [id, acting] = [await caseOf('C-eve'), await caseOf('C-fay')]
  const due = async (after = 1_000) => {
    const [now, since] = [bench.clock.now(), new Date(bench.clock.now().getTime() + after)]
    const found = await bench.cases.due(bench.shop, { now, since, limit: 100 }, signal)
    return found.filter(({ caseId }) => caseId === id || caseId === acting).map(({ what }) => what)
  }
  for (const one of [id, acting]) await bench.cases.escalate(bench.shop, one, 'by_hand', BEN, signal)
  expect(await due()).toEqual([])
  for (const customer of ['C-eve', 'C-fay']) await erase(customer)
  await bench.asOwner(`update actions set state = 'unknown' where case_id = '${acting}'`)
  expect(await due(0 - 1_000)).toEqual([])
  expect(await due()).toEqual(['erased'])
  await bench.cases.erase(bench.shop, id, signal)
  expect(await due()).toEqual(['left'])
  await bench.asOwner(`update actions set state = 'succeeded' where case_id = '${acting}'`)
  expect((await due()).sort()).toEqual(['erased', 'left'])
})

test('what was resolved long ago is forgotten by itself', async () => {
  const id = await caseOf('C-dee')
  await resolve(id)
  const retention = postgresRetention(bench.database)
  const expire = (days: number) =>
    retention.expire(
      bench.shop,
      new Date(bench.clock.now().getTime() - days * 86_400_000),
      bench.clock.now(),
      100,
      signal,
    )
  expect(await expire(1)).toBe(0)
  bench.clock.move(2 * 86_400_000)
  expect(await expire(1)).toBeGreaterThan(0)
  expect(await remembers(id)).toBe(false)
  expect(await expire(1)).toBe(0)
})
