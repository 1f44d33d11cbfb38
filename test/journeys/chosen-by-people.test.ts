import { afterEach, expect, test } from 'vitest'
import { CAREFUL_LIMITS, policyFromLimits } from '#approvals/policy/default-policy.ts'
import type { Action } from '#domain/exceptions/action.ts'
import type { CaseId } from '#domain/ids.ts'
import { anOrder, aParcel, scan } from '../fixtures/case-builder.ts'
import { BEN, type ExceptionBench, exceptionBench } from '../fixtures/exception-bench.ts'

let bench: ExceptionBench
afterEach(() => bench.close())

const caseNow = (id: CaseId) => bench.cases.load(bench.shop, id, bench.signal)
async function edited(caseId: CaseId, actions: Action[]): Promise<string> {
  const standing = await bench.proposals.standing(bench.shop, caseId, bench.signal)
  const request = { decision: 'edit' as const, proposalHash: standing?.hash ?? '', edits: { actions } }
  const decided = await bench.proposals.decide(bench.shop, caseId, request, BEN, bench.signal)
  await bench.relayed()
  return decided.outcome
}

test('a person who chooses that a person takes it has the case, and nothing is done', async () => {
  const order = anOrder({ status: 'on_hold', riskSignals: [] })
  bench = await exceptionBench({ order, parcels: [], stock: [] })
  const caseId = await bench.opened('fraud_hold', { verification: 'passed' })
  expect((await caseNow(caseId))?.status).toBe('awaiting_approval')
  expect(await edited(caseId, [{ kind: 'escalate', args: {} }])).toBe('decided')
  expect(await caseNow(caseId)).toMatchObject({ status: 'escalated', reason: 'by_person' })
  expect(await bench.journal.ofCase(bench.shop, caseId, bench.signal)).toEqual([])
})

test('what Purser only watches is done by the word of a person, after the world was read again', async () => {
  const parcels = [aParcel([scan(-12, 'DEP')])]
  bench = await exceptionBench({ order: anOrder(), parcels, stock: [] })
  const plain = policyFromLimits(CAREFUL_LIMITS)
  const start = { ...plain.autonomy.start, lost_in_transit: 'shadow' as const }
  const policy = { ...plain, autonomy: { ...plain.autonomy, start } }
  await bench.policies.put(bench.shop, { policy, ifMatch: null, by: BEN, note: null }, bench.signal)
  const caseId = await bench.opened('lost_in_transit')
  expect(await caseNow(caseId)).toMatchObject({ status: 'escalated', reason: 'autonomy' })
  expect((await bench.approved(caseId)).outcome).toBe('decided')
  await bench.relayed()
  expect(await bench.refunds()).toHaveLength(1)
  expect((await caseNow(caseId))?.status).toBe('resolved')
})

test('what Purser only watches is not done in a world that moved', async () => {
  const parcels = [aParcel([scan(-12, 'DEP')])]
  bench = await exceptionBench({ order: anOrder(), parcels, stock: [] })
  const plain = policyFromLimits(CAREFUL_LIMITS)
  const start = { ...plain.autonomy.start, lost_in_transit: 'shadow' as const }
  const policy = { ...plain, autonomy: { ...plain.autonomy, start } }
  await bench.policies.put(bench.shop, { policy, ifMatch: null, by: BEN, note: null }, bench.signal)
  const caseId = await bench.opened('lost_in_transit')
  await bench.arrives()
  expect((await bench.approved(caseId)).outcome).toBe('stale_proposal')
  expect(await bench.refunds()).toEqual([])
})
