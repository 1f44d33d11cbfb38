import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  ADA,
  type ApprovalsBench,
  approvalsBench,
  BEN,
  CLEO,
  creditOf,
  DAN,
  NOTICE,
  refundOf,
} from '../fixtures/approvals-bench.ts'

let bench: ApprovalsBench
beforeAll(async () => {
  bench = await approvalsBench()
  await bench.policy()
})
afterAll(() => bench.close())
const { signal } = new AbortController()

describe('a proposal', () => {
  test('goes ahead by itself within the limit and waits for a person one unit above it', async () => {
    await bench.policy()
    const within = await bench.proposed({ actions: [refundOf(5_000)] })
    expect(within.proposal).toMatchObject({ verdict: 'auto', rule: { id: 'policy.allows' } })
    expect((await bench.cases.load(bench.shop, within.caseId, signal))?.status).toBe('executing')
    const above = await bench.proposed({ actions: [refundOf(5_001)] })
    expect(above.proposal).toMatchObject({
      verdict: 'approval',
      rule: { id: 'limit.refund', threshold: 'EUR 50.00', value: 'EUR 50.01' },
    })
    expect((await bench.cases.load(bench.shop, above.caseId, signal))?.status).toBe('awaiting_approval')
  })

  test('with the same content stands as it is, and with another plan becomes the next revision', async () => {
    const { caseId, proposal } = await bench.proposed()
    const again = await bench.proposals.propose(bench.shop, await bench.draft(caseId), signal)
    expect(again).toMatchObject({ outcome: 'same', hash: proposal.hash, revision: 1 })
    const next = await bench.proposals.propose(
      bench.shop,
      await bench.draft(caseId, { actions: [refundOf(9_000)] }),
      signal,
    )
    expect(next).toMatchObject({ outcome: 'proposed', revision: 2 })
    const [first] = await bench.proposals.revisions(bench.shop, caseId, signal)
    expect(first?.state).toBe('superseded')
    expect(await bench.approve(caseId, proposal.hash)).toMatchObject({
      outcome: 'stale_proposal',
      proposal: { revision: 2 },
    })
  })

  test('that waits moves the case to its time, and one left to people escalates it', async () => {
    const lookAgainAt = new Date(bench.clock.now().getTime() + 3_600_000).toISOString()
    const waits = await bench.proposed({ wants: 'wait', actions: [], lookAgainAt })
    expect(await bench.cases.load(bench.shop, waits.caseId, signal)).toMatchObject({
      status: 'waiting',
      lookAgainAt: new Date(lookAgainAt),
    })
    const escalated = await bench.proposed({ wants: 'escalate', actions: [] })
    expect(escalated.proposal).toMatchObject({ verdict: 'escalate' })
    expect((await bench.cases.load(bench.shop, escalated.caseId, signal))?.status).toBe('escalated')
  })
})

describe('a decision', () => {
  test('is taken once by 64 who approve at the same moment, in one process or in several', async () => {
    const { caseId, proposal } = await bench.proposed()
    const processes = [bench.proposals, ...Array.from({ length: 7 }, () => bench.another().proposals)]
    const request = { decision: 'approve' as const, proposalHash: proposal.hash }
    const results = await Promise.all(
      Array.from({ length: 64 }, (_, n) =>
        processes[n % 8]?.decide(bench.shop, caseId, request, { ...BEN, id: `opr_${n}` }, signal),
      ),
    )
    const outcomes = results.map((result) => result?.outcome)
    expect(outcomes.filter((outcome) => outcome === 'decided')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 'already_decided')).toHaveLength(63)
    const knocks = await bench.outbox.pending(bench.shop, 1_000, signal)
    expect(knocks.filter(({ name, payload }) => name === 'act' && payload.caseId === caseId)).toHaveLength(1)
  })

  test('finds another world stale, with the revision that stands now', async () => {
    const { caseId, proposal } = await bench.proposed()
    bench.facts.recheck = async (shop, id) => {
      await bench.proposals.propose(
        shop,
        await bench.draft(id, { reliedOn: [{ system: 'orders', version: 4 }] }),
        signal,
      )
      return { outcome: 'moved' }
    }
    const result = await bench.approve(caseId, proposal.hash)
    bench.facts.recheck = async () => ({ outcome: 'same' })
    expect(result).toMatchObject({ outcome: 'stale_proposal', proposal: { revision: 2, state: 'standing' } })
    expect(
      await bench.approve(caseId, result.outcome === 'stale_proposal' ? (result.proposal?.hash ?? '') : ''),
    ).toMatchObject({
      outcome: 'decided',
      case: { status: 'executing' },
    })
  })

  test('refuses an unknown hash, an expired proposal, a low role and an unknown case, each by its own name', async () => {
    const { caseId, proposal } = await bench.proposed()
    expect(await bench.approve(caseId, 'f'.repeat(64))).toMatchObject({ outcome: 'stale_proposal' })
    expect(await bench.approve(caseId, proposal.hash, DAN)).toEqual({ outcome: 'role_required', role: 'approver' })
    expect(await bench.approve('cas_none', proposal.hash)).toEqual({ outcome: 'unknown_case' })
    bench.clock.move(25 * 3_600_000)
    expect(await bench.approve(caseId, proposal.hash)).toMatchObject({ outcome: 'expired_proposal' })
  })

  test('wants two people above the sum for four eyes, neither twice', async () => {
    await bench.policy({ fourEyesAbove: { '*': 10_000 } })
    const { caseId, proposal } = await bench.proposed({ actions: [refundOf(10_001)] })
    expect(await bench.approve(caseId, proposal.hash, BEN)).toMatchObject({
      outcome: 'decided',
      decision: { final: false },
      case: { status: 'awaiting_approval' },
    })
    expect(await bench.approve(caseId, proposal.hash, BEN)).toEqual({ outcome: 'four_eyes' })
    expect(await bench.approve(caseId, proposal.hash, CLEO)).toMatchObject({
      outcome: 'decided',
      decision: { final: true },
      case: { status: 'executing' },
    })
    await bench.policy()
  })

  test('of the first of two may be taken back by rejecting', async () => {
    await bench.policy({ fourEyesAbove: { '*': 10_000 } })
    const { caseId, proposal } = await bench.proposed({ actions: [refundOf(10_001)] })
    await bench.approve(caseId, proposal.hash, BEN)
    const reject = { decision: 'reject' as const, proposalHash: proposal.hash, reasonCode: 'no_action_needed' as const }
    expect(await bench.proposals.decide(bench.shop, caseId, reject, BEN, signal)).toMatchObject({
      outcome: 'decided',
      case: { status: 'resolved', decisions: [{ final: false }, { final: true }] },
    })
    await bench.policy()
  })

  test('is not planned over while it is carried out', async () => {
    const { caseId, proposal } = await bench.proposed({ actions: [refundOf(100)] })
    const made = await bench.journal.authorise(bench.shop, caseId, proposal.hash, signal)
    const action = made.outcome === 'authorised' ? made.actions[0] : undefined
    if (!action) throw new Error(made.outcome)
    const other = await bench.draft(caseId, { actions: [refundOf(200)] })
    expect(await bench.proposals.propose(bench.shop, other, signal)).toEqual({ outcome: 'executing' })
    await bench.journal.begin(bench.shop, action.id, signal)
    await bench.journal.record(
      bench.shop,
      action.id,
      { outcome: 'succeeded', receipt: 're', at: '2026-03-04T10:00:00Z' },
      signal,
    )
    expect(await bench.proposals.propose(bench.shop, other, signal)).toEqual({ outcome: 'executing' })
    await bench.cases.investigate(bench.shop, caseId, 'verify_failed', signal)
    expect(await bench.proposals.propose(bench.shop, other, signal)).toMatchObject({ outcome: 'proposed', revision: 2 })
  })

  test('counts the halves of one sum together, also when they are approved at the same moment', async () => {
    await bench.policy({ fourEyesAbove: { '*': 10_000 } })
    const halves = [
      await bench.proposed({ actions: [refundOf(6_000)] }, 'lost_in_transit', 'ORD-split'),
      await bench.proposed({ actions: [creditOf(6_000)] }, 'carrier_delay', 'ORD-split'),
    ]
    const results = await Promise.all(halves.map(({ caseId, proposal }) => bench.approve(caseId, proposal.hash, BEN)))
    expect(results.map((result) => result.outcome === 'decided' && result.decision.final).sort()).toEqual([false, true])
    await bench.policy()
  })

  test('by edit stores both forms, with limits checked again', async () => {
    await bench.policy({
      actions: {
        ...(await bench.policy()).actions,
        refund: { mode: 'auto', basis: 'money', autoMax: { '*': 5_000 }, neverAbove: { '*': 9_000 } },
      },
    })
    const { caseId, proposal } = await bench.proposed()
    const edit = (amount: number, by = BEN) =>
      bench.proposals.decide(
        bench.shop,
        caseId,
        { decision: 'edit', proposalHash: proposal.hash, edits: { actions: [{ kind: 'refund', args: { amount } }] } },
        by,
        signal,
      )
    expect(await edit(9_001)).toMatchObject({ outcome: 'forbidden', rule: { id: 'ceiling.refund' } })
    expect(await edit(-1)).toMatchObject({
      outcome: 'edit_refused',
      problems: [{ path: 'edits.actions.0.args.amount' }],
    })
    expect(await edit(4_000)).toMatchObject({ outcome: 'decided', case: { status: 'executing' } })
    expect(await edit(4_000)).toMatchObject({ outcome: 'already_decided' })
    const [original, edited] = await bench.proposals.revisions(bench.shop, caseId, signal)
    expect(original).toMatchObject({ state: 'superseded', actions: [{ args: { amount: 7_400 } }] })
    expect(edited).toMatchObject({
      state: 'approved',
      editedFrom: original?.id,
      actions: [{ args: { amount: 4_000 } }],
    })
    const authorised = await bench.journal.authorise(bench.shop, caseId, edited?.hash ?? '', signal)
    expect(authorised).toMatchObject({ outcome: 'authorised', actions: [{ args: { amount: 4_000 } }] })
    if (authorised.outcome === 'authorised') expect(authorised.actions[0]?.authorisedBy).toMatch(/^dec_/)
    await bench.policy()
  })

  test('to reject needs a reason, and is kept with what was shown', async () => {
    const { caseId, proposal } = await bench.proposed()
    const reject = { decision: 'reject' as const, proposalHash: proposal.hash }
    expect(await bench.proposals.decide(bench.shop, caseId, reject, BEN, signal)).toEqual({
      outcome: 'reason_required',
    })
    const coded = { ...reject, reasonCode: 'wrong_amount' as const, note: 'Half was enough' }
    expect(await bench.proposals.decide(bench.shop, caseId, coded, BEN, signal)).toMatchObject({
      outcome: 'decided',
      case: { status: 'escalated', reason: 'rejected:wrong_amount' },
    })
    const [kept] = await bench.proposals.rejected(bench.shop, new Date(0), 10, signal)
    expect(kept).toMatchObject({
      reasonCode: 'wrong_amount',
      proposal: { id: proposal.id, cause: 'lost_no_scan' },
      by: { id: BEN.id },
    })
    expect(await bench.proposals.propose(bench.shop, await bench.draft(caseId), signal)).toMatchObject({
      outcome: 'same',
      verdict: 'escalate',
    })
  })

  test('to ask sends the case back, and the answer comes as the next revision', async () => {
    const { caseId, proposal } = await bench.proposed()
    const ask = { decision: 'ask' as const, proposalHash: proposal.hash, note: 'Which depot?' }
    expect(await bench.proposals.decide(bench.shop, caseId, ask, BEN, signal)).toMatchObject({
      outcome: 'decided',
      case: { status: 'investigating', round: 2 },
    })
    const answered = await bench.proposals.propose(
      bench.shop,
      await bench.draft(caseId, { summary: 'At the depot in Leipzig' }),
      signal,
    )
    expect(answered).toMatchObject({ outcome: 'proposed', revision: 2, verdict: 'approval' })
  })

  test('can be computed again from what was stored', async () => {
    const { proposal } = await bench.proposed({ actions: [refundOf(7_400), NOTICE] })
    await bench.policy({ fourEyesAbove: { '*': 1 } })
    expect(await bench.proposals.recompute(bench.shop, proposal.id, signal)).toMatchObject({
      same: true,
      rule: 'limit.refund',
    })
    await bench.policy()
  })

  test('of several is made one by one', async () => {
    const [one, two] = [await bench.proposed(), await bench.proposed()]
    const results = await bench.proposals.decideMany(
      bench.shop,
      [
        { caseId: one.caseId, decision: 'approve', proposalHash: one.proposal.hash },
        { caseId: two.caseId, decision: 'approve', proposalHash: 'other' },
      ],
      ADA,
      signal,
    )
    expect(results.map(({ result }) => result.outcome)).toEqual(['decided', 'stale_proposal'])
  })
})
