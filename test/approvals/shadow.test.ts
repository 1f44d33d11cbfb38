import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { rememberCase } from '#agents/order-exception/memory/remember-case.ts'
import type { ProposedAction } from '#domain/approvals/proposal.ts'
import type { CaseId } from '#domain/ids.ts'
import type { Refund } from '#domain/order.ts'
import { ADA, type ApprovalsBench, approvalsBench, creditOf, NOTICE, refundOf } from '../fixtures/approvals-bench.ts'
import { aCase, anOrder, aRefund } from '../fixtures/case-builder.ts'

let bench: ApprovalsBench
beforeAll(async () => {
  bench = await approvalsBench()
  await bench.policy()
  await bench.autonomy.set(bench.shop, 'lost_in_transit', 'shadow', ADA, signal)
})
beforeEach(() => bench.asOwner('delete from shadow_decisions'))
afterAll(() => bench.close())
const { signal } = new AbortController()

const seen = (refunds: Refund[] = []) => rememberCase(aCase('lost_in_transit', { order: anOrder({ refunds }) }))
const REFUNDED = seen([aRefund({ amount: 2_000 })])
const other = (kind: ProposedAction['kind']): ProposedAction => ({
  ...{ kind, args: {}, effect: kind, reversible: true, money: null },
})
const CLOSED = { actions: [other('close_exception')], wants: 'auto' as const }

async function planned(...actions: ProposedAction[]) {
  return bench.proposed({ actions, remembered: seen() })
}
/** The next look, which finds what was done. */
async function lookedAgain(caseId: CaseId, remembered = seen(), changes: object = CLOSED) {
  await bench.proposals.propose(bench.shop, await bench.draft(caseId, { remembered, ...changes }), signal)
}
async function shadow() {
  const figures = await bench.autonomy.all(bench.shop, signal)
  return figures.find(({ type }) => type === 'lost_in_transit')?.evidence
}

describe('what Purser would have done', () => {
  test('is no evidence where none of it can be seen, however the case ended', async () => {
    for (const actions of [[creditOf(500), NOTICE], [NOTICE], [other('file_carrier_claim')]]) {
      const { caseId } = await planned(...actions)
      await lookedAgain(caseId)
    }
    expect((await shadow())?.shadow).toMatchObject({ compared: 0, agreed: 0 })
  })

  test('is no evidence where a part of it that matters cannot be seen, also of a later plan', async () => {
    for (const kind of ['credit', 'reissue_refund', 'correct_price', 'reallocate_stock', 'open_return'] as const) {
      const { caseId } = await planned(refundOf(2_000), other(kind))
      await lookedAgain(caseId, seen(), { actions: [refundOf(1_000)] })
      await lookedAgain(caseId, seen([aRefund({ amount: 1_000 })]))
    }
    expect((await shadow())?.shadow).toMatchObject({ compared: 0, agreed: 0 })
  })

  test('is compared by what can be seen beside what only tells or asks', async () => {
    const { caseId } = await planned(other('file_carrier_claim'), refundOf(2_000), NOTICE)
    await lookedAgain(caseId, REFUNDED)
    expect((await shadow())?.shadow).toMatchObject({ compared: 1, agreed: 1, actions: [{ kind: 'refund' }] })
  })

  test('is not held against Purser’s own deed that a person approved; their word counts, once', async () => {
    const { caseId, proposal } = await planned(refundOf(2_000))
    await bench.approve(caseId, proposal.hash)
    await lookedAgain(caseId, REFUNDED)
    expect(await shadow()).toMatchObject({ decisions: 1, agreed: 1, shadow: { compared: 0, agreed: 0 } })
  })

  test('is compared still after a question, which decides nothing', async () => {
    const { caseId, proposal } = await planned(refundOf(2_000))
    const question = { decision: 'ask', proposalHash: proposal.hash, note: 'Sure?' } as const
    await bench.proposals.decide(bench.shop, caseId, question, ADA, signal)
    await lookedAgain(caseId, REFUNDED)
    expect((await shadow())?.shadow).toMatchObject({ compared: 1, agreed: 1 })
  })
})
