import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { JournalAction } from '#approvals/journal.port.ts'
import {
  ADA,
  type ApprovalsBench,
  approvalsBench,
  BEN,
  creditOf,
  NOTICE,
  refundOf,
} from '../fixtures/approvals-bench.ts'
import { killedAtHead } from '../fixtures/killed-at-head.ts'

let bench: ApprovalsBench
beforeAll(async () => {
  bench = await approvalsBench()
  await bench.policy()
})
afterAll(() => bench.close())
const { signal } = new AbortController()

const SUCCEEDED = { outcome: 'succeeded', receipt: 're_1', at: '2026-03-04T10:00:00.000Z' } as const

/** Actions of a released proposal, authorised. */
async function authorised(actions = [refundOf(1_000)]): Promise<JournalAction[]> {
  const { caseId, proposal } = await bench.proposed({ actions })
  const outcome = await bench.journal.authorise(bench.shop, caseId, proposal.hash, signal)
  if (outcome.outcome !== 'authorised') throw new Error(outcome.outcome)
  return outcome.actions
}
async function first(actions = [refundOf(1_000)]): Promise<JournalAction> {
  const [action] = await authorised(actions)
  if (!action) throw new Error('no action')
  return action
}
const begin = ({ id }: JournalAction) => bench.journal.begin(bench.shop, id, signal)
const record = ({ id }: JournalAction, outcome: Parameters<typeof bench.journal.record>[2]) =>
  bench.journal.record(bench.shop, id, outcome, signal)
const stateOf = async ({ id }: JournalAction) => (await bench.journal.load(bench.shop, id, signal))?.state

const isReady = async ({ id }: JournalAction) =>
  (await bench.journal.ready(bench.shop, bench.clock.now(), 100, signal)).some((action) => action.id === id)

describe('authorising', () => {
  test('happens once, whoever asks, and gives the same actions again', async () => {
    const { caseId, proposal } = await bench.proposed({ actions: [refundOf(1_000), NOTICE] })
    const all = await Promise.all(
      Array.from({ length: 16 }, () => bench.journal.authorise(bench.shop, caseId, proposal.hash, signal)),
    )
    expect(all.filter(({ outcome }) => outcome === 'authorised')).toHaveLength(1)
    expect(all.filter(({ outcome }) => outcome === 'again')).toHaveLength(15)
    const ids = all.map((one) => ('actions' in one ? one.actions.map(({ id }) => id).join() : ''))
    expect(new Set(ids).size).toBe(1)
  })

  test('needs a decision where policy wants one', async () => {
    const { caseId, proposal } = await bench.proposed()
    expect(await bench.journal.authorise(bench.shop, caseId, proposal.hash, signal)).toEqual({
      outcome: 'not_approved',
    })
    await bench.approve(caseId, proposal.hash)
    expect(await bench.journal.authorise(bench.shop, caseId, 'other', signal)).toEqual({ outcome: 'not_approved' })
    expect(await bench.journal.authorise(bench.shop, caseId, proposal.hash, signal)).toMatchObject({
      outcome: 'authorised',
      actions: [{ authorisedBy: expect.stringMatching(/^dec_/) }],
    })
  })

  test('never lets 64 at once go over a budget of the day', async () => {
    const total = { amount: { '*': 10_000 }, count: null }
    await bench.policy({ budgets: [{ per: 'type', automatic: { amount: null, count: null }, total }] })
    const approved = []
    for (let n = 0; n < 64; n++) {
      const one = await bench.proposed({ actions: [refundOf(900)], wants: 'approval' }, 'damaged_in_transit')
      await bench.approve(one.caseId, one.proposal.hash)
      approved.push(one)
    }
    const outcomes = await Promise.all(
      approved.map(({ caseId, proposal }) => bench.journal.authorise(bench.shop, caseId, proposal.hash, signal)),
    )
    expect(outcomes.filter(({ outcome }) => outcome === 'authorised')).toHaveLength(11)
    expect(outcomes.filter(({ outcome }) => outcome === 'over_budget')).toHaveLength(53)
    const uses = await bench.budgets.used(bench.shop, bench.clock.now().toISOString().slice(0, 10), signal)
    const use = uses.find(({ per, key }) => per === 'type' && key === 'damaged_in_transit')
    expect(use?.total).toEqual({ amounts: [{ amount: 9_900, currency: 'EUR' }], count: 11 })
    await bench.policy()
  }, 120_000)

  test('asks policy again: what became stricter since it was released is not done', async () => {
    const { caseId, proposal } = await bench.proposed({ actions: [refundOf(1_000)] })
    const policy = await bench.policy()
    await bench.policy({ actions: { ...policy.actions, refund: { ...policy.actions.refund, mode: 'approve' } } })
    expect(await bench.journal.authorise(bench.shop, caseId, proposal.hash, signal)).toMatchObject({
      outcome: 'tightened',
      rule: { id: 'action.refund' },
    })
    await bench.policy()
    expect(await bench.cases.load(bench.shop, caseId, signal)).toMatchObject({ status: 'investigating' })
  })

  test('that is killed before its commit has done nothing, and can be made again', async () => {
    const { caseId, proposal } = await bench.proposed({ actions: [refundOf(1_000)] })
    await killedAtHead(bench, () => bench.journal.authorise(bench.shop, caseId, proposal.hash, signal))
    expect(await bench.journal.ofCase(bench.shop, caseId, signal)).toEqual([])
    expect(await bench.journal.authorise(bench.shop, caseId, proposal.hash, signal)).toMatchObject({
      outcome: 'authorised',
    })
    expect(await bench.audit.verify(bench.shop, signal)).toMatchObject({ ok: true })
  })
})

describe('sending', () => {
  test('is one caller of 64, and nobody sends again what is on its way', async () => {
    const action = await first()
    const outcomes = await Promise.all(Array.from({ length: 64 }, () => begin(action)))
    expect(outcomes.filter(({ outcome }) => outcome === 'go')).toHaveLength(1)
    expect(outcomes.filter(({ outcome }) => outcome === 'busy')).toHaveLength(63)
    bench.clock.move(61_000)
    expect(await bench.journal.unsettled(bench.shop, bench.clock.now(), 10, signal)).toMatchObject([{ id: action.id }])
    expect(await begin(action)).toMatchObject({ outcome: 'settle' })
    expect(await begin(action)).toMatchObject({ outcome: 'busy' })
    expect(await record(action, SUCCEEDED)).toMatchObject({ outcome: 'recorded', action: { state: 'succeeded' } })
    expect(await record(action, SUCCEEDED)).toMatchObject({ outcome: 'again' })
    expect(await record(action, { outcome: 'failed', why: 'late' })).toMatchObject({ outcome: 'conflict' })
    expect(await begin(action)).toMatchObject({ outcome: 'done' })
  })

  test('keeps the order of a proposal, and what builds on a failure is cancelled', async () => {
    const [refund, notice] = (await authorised([refundOf(1_000), NOTICE])) as [JournalAction, JournalAction]
    expect(await begin(notice)).toMatchObject({ outcome: 'busy' })
    await begin(refund)
    await record(refund, { outcome: 'failed', why: 'more_than_paid' })
    expect(await begin(notice)).toMatchObject({ outcome: 'cancelled' })
  })

  test('that never arrived may be repeated with the same key', async () => {
    const action = await first()
    await begin(action)
    await record(action, { outcome: 'unknown' })
    expect(await begin(action)).toMatchObject({ outcome: 'settle' })
    await record(action, { outcome: 'failed', why: 'never_arrived' })
    expect(await begin(action)).toMatchObject({ outcome: 'go', action: { id: action.id, attempts: 2 } })
  })

  test('is written down also when its day was forgotten meanwhile', async () => {
    const [refund] = (await authorised([refundOf(1_000)])) as [JournalAction]
    await begin(refund)
    await bench.asOwner('delete from budget_uses')
    expect(await record(refund, { outcome: 'failed', why: 'state_moved' })).toMatchObject({ outcome: 'recorded' })
  })

  test('of a letter needs a receipt for what it says was done', async () => {
    const letter = (text: string) => ({ ...NOTICE, args: { text } })
    const texts = ['We refunded €10.', 'Your refund is on its way.']
    const [refund, early, honest] = (await authorised([refundOf(1_000), ...texts.map(letter)])) as JournalAction[]
    if (!refund || !early || !honest) throw new Error('not authorised')
    await begin(refund)
    await record(refund, SUCCEEDED)
    expect(await begin(early)).toMatchObject({ outcome: 'cancelled', action: { why: 'claim_without_receipt' } })
    const [again, confirmed] = (await authorised([refundOf(1_000), letter('We refunded €10.')])) as JournalAction[]
    if (!again || !confirmed) throw new Error('not authorised')
    await begin(again)
    await record(again, { ...SUCCEEDED, receipt: 're_2' })
    await bench.journal.verified(bench.shop, again.id, true, signal)
    expect(await begin(confirmed)).toMatchObject({ outcome: 'go' })
  })

  test('waits while a switch is on, also when it is queued already', async () => {
    const action = await first()
    for (const scope of ['shop', 'action:refund', 'type:lost_in_transit']) {
      await bench.switches.set(bench.shop, { scope, on: true, reason: 'looks wrong', by: ADA }, signal)
      expect(await begin(action)).toEqual({ outcome: 'paused', scope, reason: 'looks wrong' })
      expect(await isReady(action)).toBe(false)
      await bench.switches.set(bench.shop, { scope, on: false, reason: 'was right', by: ADA }, signal)
    }
    const knocks = await bench.outbox.pending(bench.shop, 1_000, signal)
    expect(knocks.some(({ name, payload }) => name === 'act' && payload.caseId === action.caseId)).toBe(true)
    expect(await isReady(action)).toBe(true)
    expect(await begin(action)).toMatchObject({ outcome: 'go' })
    const bad = { scope: 'action:everything', on: true, reason: '', by: ADA }
    await expect(bench.switches.set(bench.shop, bad, signal)).rejects.toMatchObject({
      code: 'approvals.kill_switch.scope',
    })
  })
})

describe('undoing', () => {
  test('within the countdown calls off what has not left, and all that follows it', async () => {
    await bench.policy({ undo: { delaySeconds: 30, windowHours: 24 } })
    const [refund, notice] = (await authorised([refundOf(1_000), NOTICE])) as [JournalAction, JournalAction]
    expect(await begin(refund)).toMatchObject({ outcome: 'not_yet', at: refund.notBefore })
    bench.clock.move(29_000)
    expect(await bench.journal.undo(bench.shop, refund.id, BEN, signal)).toMatchObject({ outcome: 'cancelled' })
    bench.clock.move(2_000)
    expect(await begin(refund)).toMatchObject({ outcome: 'cancelled' })
    expect(await stateOf(notice)).toBe('cancelled')
    expect(await bench.cases.load(bench.shop, refund.caseId, signal)).toMatchObject({
      status: 'escalated',
      reason: 'called_off',
    })
    await bench.policy()
  })

  test('takes back what can be taken back, once, and says why it cannot', async () => {
    const [credit, refund] = (await authorised([creditOf(500), refundOf(500)])) as [JournalAction, JournalAction]
    await begin(credit)
    expect(await bench.journal.undo(bench.shop, credit.id, BEN, signal)).toEqual({
      outcome: 'not_reversible',
      why: 'in_flight',
    })
    await record(credit, SUCCEEDED)
    await begin(refund)
    await record(refund, { ...SUCCEEDED, receipt: 're_2' })
    expect(await bench.journal.undo(bench.shop, refund.id, BEN, signal)).toEqual({
      outcome: 'not_reversible',
      why: 'irreversible',
    })
    const both = await Promise.all([1, 2].map(() => bench.journal.undo(bench.shop, credit.id, BEN, signal)))
    const ids = both.map((one) => (one.outcome === 'undoing' ? one.undo.id : one.outcome))
    expect(ids[0]).toBe(ids[1])
    const undo = both[0]?.outcome === 'undoing' ? both[0].undo : credit
    expect(await begin(undo)).toMatchObject({ outcome: 'go', undoOf: { id: credit.id } })
    await record(undo, { ...SUCCEEDED, receipt: 'un_1' })
    expect(await stateOf(credit)).toBe('undone')
    expect(await bench.journal.undo(bench.shop, credit.id, BEN, signal)).toEqual({ outcome: 'already_undone' })
  })

  test('of a failed proposal runs in reverse, and names what stays', async () => {
    const actions = (await authorised([creditOf(100), refundOf(100), creditOf(200), NOTICE])) as JournalAction[]
    const [one, two, three, four] = actions as [JournalAction, JournalAction, JournalAction, JournalAction]
    for (const action of [one, two, three]) {
      await begin(action)
      await record(action, { ...SUCCEEDED, receipt: action.id })
    }
    const { undo, left } = await bench.journal.compensate(bench.shop, one.proposal, 'verify_failed', signal)
    expect(undo.map(({ undoOf }) => undoOf)).toEqual([three.id, one.id])
    expect(left.map(({ id }) => id)).toEqual([two.id])
    expect(await stateOf(four)).toBe('cancelled')
    const again = await bench.journal.compensate(bench.shop, one.proposal, 'verify_failed', signal)
    expect(again.undo.map(({ id }) => id)).toEqual(undo.map(({ id }) => id))
    expect(await begin(undo[1] as JournalAction)).toMatchObject({ outcome: 'busy' })
    expect(await begin(undo[0] as JournalAction)).toMatchObject({ outcome: 'go' })
  })

  test('that fails gives its budget back, and too many errors take the automatic level away', async () => {
    await bench.policy({ autonomy: { ...(await bench.policy()).autonomy, demoteAtErrors: 2 } })
    const levelOf = async () =>
      (await bench.autonomy.all(bench.shop, signal)).find(({ type }) => type === 'price_mismatch')
    for (const n of [1, 2]) {
      expect((await levelOf())?.level).toBe('auto')
      const { caseId, proposal } = await bench.proposed({ actions: [refundOf(100)] }, 'price_mismatch')
      const made = await bench.journal.authorise(bench.shop, caseId, proposal.hash, signal)
      const action = made.outcome === 'authorised' ? made.actions[0] : undefined
      if (!action) throw new Error(made.outcome)
      await begin(action)
      await record(action, { outcome: 'failed', why: `refused_${n}` })
    }
    expect(await levelOf()).toMatchObject({ level: 'suggest', why: 'errors' })
    expect((await bench.proposed({ actions: [refundOf(100)] }, 'price_mismatch')).proposal).toMatchObject({
      verdict: 'approval',
      rule: { id: 'autonomy' },
    })
    const uses = await bench.budgets.used(bench.shop, bench.clock.now().toISOString().slice(0, 10), signal)
    expect(uses.find(({ key }) => key === 'price_mismatch')?.total).toEqual({
      amounts: [{ amount: 0, currency: 'EUR' }],
      count: 0,
    })
    expect(await bench.autonomy.set(bench.shop, 'price_mismatch', 'auto', ADA, signal)).toMatchObject({
      outcome: 'not_enough_evidence',
    })
  })
})
