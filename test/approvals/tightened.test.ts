import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { JournalAction } from '#approvals/journal.port.ts'
import type { Policy } from '#domain/approvals/policy.ts'
import { ADA, type ApprovalsBench, approvalsBench, BEN, NOTICE, refundOf } from '../fixtures/approvals-bench.ts'

let bench: ApprovalsBench
let plain: Policy
beforeAll(async () => {
  bench = await approvalsBench()
  plain = await bench.policy()
})
afterAll(() => bench.close())
const { signal } = new AbortController()

const refundRule = (change: Partial<Policy['actions']['refund']>) => ({
  actions: { ...plain.actions, refund: { ...plain.actions.refund, ...change } },
})
/** Authorised under the plain policy, by it alone or by a person. */
async function authorised(by: 'policy' | 'person', amount = 1_000): Promise<JournalAction[]> {
  await bench.policy()
  const { caseId, proposal } = await bench.proposed({
    actions: [refundOf(amount), NOTICE],
    wants: by === 'policy' ? 'auto' : 'approval',
  })
  if (by === 'person') await bench.approve(caseId, proposal.hash)
  const made = await bench.journal.authorise(bench.shop, caseId, proposal.hash, signal)
  if (made.outcome !== 'authorised') throw new Error(made.outcome)
  return made.actions
}
const begin = ({ id }: JournalAction) => bench.journal.begin(bench.shop, id, signal)
const caseOf = ({ caseId }: JournalAction) => bench.cases.load(bench.shop, caseId, signal)
const states = async ({ caseId }: JournalAction) =>
  (await bench.journal.ofCase(bench.shop, caseId, signal)).map(({ state, why }) => [state, why])
async function spent(side: 'total' | 'automatic' = 'total'): Promise<number> {
  const day = bench.clock.now().toISOString().slice(0, 10)
  const uses = await bench.budgets.used(bench.shop, day, signal)
  return uses.find(({ per }) => per === 'shop')?.[side].amounts[0]?.amount ?? 0
}

describe('an action that has not left when policy becomes stricter', () => {
  test.each(['policy', 'person'] as const)('is called off when nobody may do it any more (%s)', async (by) => {
    const before = await spent()
    const [refund] = await authorised(by)
    if (!refund) throw new Error('nothing authorised')
    expect(await spent()).toBe(before + 1_000)
    await bench.policy(refundRule({ mode: 'forbid' }))
    expect(await begin(refund)).toMatchObject({ outcome: 'cancelled', action: { why: 'tightened:action.refund' } })
    expect(await states(refund)).toEqual([
      ['cancelled', 'tightened:action.refund'],
      ['cancelled', 'tightened:action.refund'],
    ])
    expect(await caseOf(refund)).toMatchObject({ status: 'escalated', reason: 'action.refund' })
    expect(await spent()).toBe(before)
    expect(await bench.audit.verify(bench.shop, signal)).toMatchObject({ ok: true })
  })

  test('is called off above a limit that was lowered, unless a person approved it', async () => {
    const [alone] = await authorised('policy')
    const [agreed] = await authorised('person')
    if (!alone || !agreed) throw new Error('nothing authorised')
    await bench.policy(refundRule({ autoMax: { '*': 999 } }))
    expect(await begin(alone)).toMatchObject({ outcome: 'cancelled', action: { why: 'tightened:limit.refund' } })
    expect((await begin(agreed)).outcome).toBe('go')
  })

  test('is called off above a ceiling also when a person approved it', async () => {
    const [agreed] = await authorised('person')
    if (!agreed) throw new Error('nothing authorised')
    await bench.policy(refundRule({ neverAbove: { '*': 999 } }))
    expect(await begin(agreed)).toMatchObject({ outcome: 'cancelled', action: { why: 'tightened:ceiling.refund' } })
  })

  test('counts itself once against a budget that was lowered', async () => {
    const budget = (amount: number) => ({
      budgets: [
        {
          per: 'shop' as const,
          automatic: { amount: { '*': amount }, count: null },
          total: { amount: null, count: null },
        },
      ],
    })
    const used = await spent('automatic')
    const [first] = await authorised('policy')
    if (!first) throw new Error('nothing authorised')
    await bench.policy(budget(used + 1_000))
    expect((await begin(first)).outcome).toBe('go')
    const [second] = await authorised('policy')
    if (!second) throw new Error('nothing authorised')
    await bench.policy(budget(used + 1_500))
    expect(await begin(second)).toMatchObject({
      outcome: 'cancelled',
      action: { why: 'tightened:budget.automatic.shop' },
    })
  })

  test('is called off when its type may do less by itself', async () => {
    const [alone] = await authorised('policy')
    const [agreed] = await authorised('person')
    if (!alone || !agreed) throw new Error('nothing authorised')
    await bench.autonomy.set(bench.shop, 'lost_in_transit', 'suggest', ADA, signal)
    expect(await begin(alone)).toMatchObject({ outcome: 'cancelled', action: { why: 'tightened:autonomy' } })
    expect((await begin(agreed)).outcome).toBe('go')
    await bench.asOwner(`delete from autonomy_levels`)
  })

  test('leaves as authorised when policy changed in nothing that concerns it, or became looser', async () => {
    const [one, notice] = await authorised('policy')
    if (!one || !notice) throw new Error('nothing authorised')
    // What others were allowed on the same order since is no reason.
    const order = { ...(await bench.draft(one.caseId)), wants: 'approval' as const, actions: [refundOf(4_900)] }
    const other = await bench.openCase('price_mismatch', one.order)
    const asked = await bench.proposals.propose(bench.shop, { ...order, caseId: other }, signal)
    if (asked.outcome !== 'proposed') throw new Error(asked.outcome)
    await bench.approve(other, asked.hash, BEN)
    await bench.policy({ ...refundRule({ autoMax: { '*': 6_000 } }), splitDays: 31 })
    expect((await begin(one)).outcome).toBe('go')
  })

  test('is asked for, and not called off, once it may have left', async () => {
    const [refund] = await authorised('policy')
    if (!refund) throw new Error('nothing authorised')
    expect((await begin(refund)).outcome).toBe('go')
    await bench.policy(refundRule({ mode: 'forbid' }))
    bench.clock.move(61_000)
    expect((await begin(refund)).outcome).toBe('settle')
  })
})
