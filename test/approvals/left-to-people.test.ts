import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DecisionRequest } from '#domain/approvals/proposal.ts'
import type { CaseId } from '#domain/ids.ts'
import { ADA, type ApprovalsBench, approvalsBench, BEN, DAN, refundOf } from '../fixtures/approvals-bench.ts'

let bench: ApprovalsBench
beforeAll(async () => {
  bench = await approvalsBench()
  await bench.policy()
})
afterAll(() => bench.close())
const { signal } = new AbortController()

const decide = (id: CaseId, proposalHash: string, rest: Omit<DecisionRequest, 'proposalHash'>, by = BEN) =>
  bench.proposals.decide(bench.shop, id, { proposalHash, ...rest }, by, signal)
const edited = (amount: number) => ({
  decision: 'edit' as const,
  edits: { actions: [{ kind: 'refund' as const, args: { amount } }] },
})

describe('a proposal Purser leaves to a person', () => {
  test('because its type may do nothing by itself can be approved by who may approve so much, and counts as evidence', async () => {
    await bench.autonomy.set(bench.shop, 'lost_in_transit', 'shadow', ADA, signal)
    const { caseId, proposal } = await bench.proposed()
    expect(proposal).toMatchObject({ verdict: 'escalate', rule: { id: 'autonomy' } })
    expect(await decide(caseId, proposal.hash, { decision: 'approve' }, DAN)).toMatchObject({
      outcome: 'role_required',
    })
    expect(await decide(caseId, proposal.hash, { decision: 'approve' })).toMatchObject({
      outcome: 'decided',
      case: { status: 'executing' },
    })
    expect((await bench.journal.authorise(bench.shop, caseId, proposal.hash, signal)).outcome).toBe('authorised')
    const figures = await bench.autonomy.all(bench.shop, signal)
    expect(figures.find(({ type }) => type === 'lost_in_transit')?.evidence).toMatchObject({ decisions: 1, agreed: 1 })
    await bench.asOwner('delete from autonomy_levels')
  })

  test('and nobody may approve is forbidden whole, refused with a reason, or made less', async () => {
    const plain = await bench.policy()
    const refund = { ...plain.actions.refund, neverAbove: { '*': 5_000 } }
    await bench.policy({ actions: { ...plain.actions, refund } })
    const { caseId, proposal } = await bench.proposed({ wants: 'approval' })
    expect(proposal.rule).toMatchObject({ decision: 'forbid' })
    for (const by of [BEN, ADA])
      expect(await decide(caseId, proposal.hash, { decision: 'approve' }, by)).toMatchObject({ outcome: 'forbidden' })
    expect(await decide(caseId, proposal.hash, edited(5_001))).toMatchObject({ outcome: 'forbidden' })
    expect(await decide(caseId, proposal.hash, edited(4_000))).toMatchObject({
      outcome: 'decided',
      case: { status: 'executing', proposal: { actions: [{ args: { amount: 4_000 } }] } },
    })
    const refused = await bench.proposed({ wants: 'approval' })
    expect(await decide(refused.caseId, refused.proposal.hash, { decision: 'reject' })).toMatchObject({
      outcome: 'reason_required',
    })
    const no = { decision: 'reject', reasonCode: 'wrong_amount' } as const
    expect(await decide(refused.caseId, refused.proposal.hash, no)).toMatchObject({ outcome: 'decided' })
    await bench.policy()
  })

  test('is looked at again before it is approved, and decided once', async () => {
    await bench.autonomy.set(bench.shop, 'lost_in_transit', 'shadow', ADA, signal)
    const { caseId, proposal } = await bench.proposed()
    bench.facts.recheck = async () => ({ outcome: 'moved' })
    expect((await decide(caseId, proposal.hash, { decision: 'approve' })).outcome).toBe('stale_proposal')
    bench.facts.recheck = async () => ({ outcome: 'same' })
    const all = await Promise.all([BEN, ADA].map((by) => decide(caseId, proposal.hash, { decision: 'approve' }, by)))
    expect(all.map(({ outcome }) => outcome).sort()).toEqual(['already_decided', 'decided'])
    await bench.asOwner('delete from autonomy_levels')
  })

  test('may still be approved, or made less, when what was shown is old: the world is read again first', async () => {
    await bench.autonomy.set(bench.shop, 'lost_in_transit', 'shadow', ADA, signal)
    const [one, other] = [await bench.proposed(), await bench.proposed()]
    bench.clock.move(30 * 24 * 3_600_000)
    expect(await bench.proposals.deadlines(bench.shop, bench.clock.now(), 10, signal)).toEqual([])
    let asked = 0
    bench.facts.recheck = async () => {
      asked += 1
      return { outcome: 'same' }
    }
    expect(await decide(one.caseId, one.proposal.hash, { decision: 'approve' })).toMatchObject({ outcome: 'decided' })
    expect(await decide(other.caseId, other.proposal.hash, edited(2_000))).toMatchObject({ outcome: 'decided' })
    expect(asked).toBe(2)
    expect((await bench.journal.authorise(bench.shop, one.caseId, one.proposal.hash, signal)).outcome).toBe(
      'authorised',
    )
    await bench.asOwner('delete from autonomy_levels')
  })

  test('without anything to do is not approved, and can be asked about', async () => {
    const escalate = { kind: 'escalate' as const, args: {}, effect: 'A person takes it', reversible: true, money: null }
    const { caseId, proposal } = await bench.proposed({ wants: 'escalate', actions: [escalate] })
    expect(await decide(caseId, proposal.hash, { decision: 'approve' })).toMatchObject({ outcome: 'edit_refused' })
    expect(await decide(caseId, proposal.hash, { decision: 'ask', note: 'Did it arrive?' })).toMatchObject({
      outcome: 'decided',
      case: { status: 'investigating' },
    })
  })

  test('may be settled by another way it names, within what the person may do', async () => {
    const escalate = { kind: 'escalate' as const, args: {}, effect: 'A person takes it', reversible: true, money: null }
    const alternatives = [{ summary: 'Refund', actions: [refundOf(2_000)] }]
    const { caseId, proposal } = await bench.proposed({ wants: 'escalate', actions: [escalate], alternatives })
    expect(await decide(caseId, proposal.hash, edited(2_000))).toMatchObject({
      outcome: 'decided',
      case: { status: 'executing' },
    })
  })
})
