import { afterEach, describe, expect, test } from 'vitest'
import { CAREFUL_LIMITS, policyFromLimits } from '#approvals/policy/default-policy.ts'
import type { CaseId } from '#domain/ids.ts'
import { ADDRESS, anOrder } from '../fixtures/case-builder.ts'
import { BEN, type ExceptionBench, exceptionBench } from '../fixtures/exception-bench.ts'

const DAY = 86_400_000
/** Nothing but the report names this street. */
const suggestion = { ...ADDRESS, line1: 'Quetzalweg 7' }
const order = anOrder({ status: 'processing' })
const stock = order.lines.map(({ sku }) => ({ sku, location: 'DC-EAST', onHand: 10, reserved: 0 }))

let bench: ExceptionBench
afterEach(() => bench.close())

const caseNow = (id: CaseId) => bench.cases.load(bench.shop, id, bench.signal)
const remembers = async () => (await bench.kept()).includes('Quetzal')
async function limits(changeAutoMax: number, delaySeconds = 0): Promise<void> {
  const approvals = { ...CAREFUL_LIMITS.approvals, addressChangeAutoMax: changeAutoMax }
  const plain = policyFromLimits({ ...CAREFUL_LIMITS, approvals })
  const policy = { ...plain, undo: { ...plain.undo, delaySeconds } }
  await bench.policies.put(bench.shop, { policy, ifMatch: null, by: BEN, note: null }, bench.signal)
}
async function begun(changeAutoMax: number, delaySeconds = 0): Promise<CaseId> {
  bench = await exceptionBench({ order, parcels: [], stock })
  await limits(changeAutoMax, delaySeconds)
  const detail = 'They live in Quetzalweg 7'
  const report = { order: order.id, type: 'address_invalid', source: 'shop', detail } as const
  const { caseId } = await bench.cases.open(
    bench.shop,
    { ...report, data: { suggestion, confidence: 1 } },
    BEN,
    bench.signal,
  )
  await bench.relayed()
  expect(await remembers()).toBe(true)
  return caseId
}

describe('what an agent kept to go on', () => {
  test('goes although nobody looked for weeks after its case was resolved, so many at a time', async () => {
    const caseId = await begun(1)
    await bench.cases.resolve(bench.shop, caseId, 'by_hand', BEN, bench.signal)
    const other = await bench.opened('duplicate_order')
    bench.clock.move(30 * DAY)
    const before = await bench.checkpoints()
    expect(await bench.agent.tidy(bench.shop, 0, bench.signal)).toBe(0)
    expect(await bench.agent.tidy(bench.shop, 10, bench.signal)).toBe(1)
    expect(await bench.checkpoints()).toBeLessThan(before)
    // What is open goes on.
    expect(await bench.checkpoints()).toBeGreaterThan(0)
    expect(await bench.agent.tidy(bench.shop, 10, bench.signal)).toBe(0)
    expect((await caseNow(other))?.status).not.toBe('resolved')
  })
})

describe('erasing a customer', () => {
  test('takes all that was known out of a case that waits for a decision, and has it looked at anew', async () => {
    const caseId = await begun(1)
    const shown = await bench.proposals.standing(bench.shop, caseId, bench.signal)
    await bench.erase()
    const request = { decision: 'approve' as const, proposalHash: shown?.hash ?? '' }
    expect(await bench.proposals.decide(bench.shop, caseId, request, BEN, bench.signal)).toMatchObject({
      outcome: 'stale_proposal',
      proposal: null,
    })
    expect(await bench.relayed()).toEqual(['erased'])
    expect(await remembers()).toBe(false)
    expect(await caseNow(caseId)).toMatchObject({ status: 'waiting', cause: 'address_unverifiable', round: 2 })
    expect(await bench.relayed()).toEqual([])
    expect(await bench.audit.verify(bench.shop, bench.signal)).toMatchObject({ ok: true })
  })

  test('survives the death of who looks anew, at whatever moment', async () => {
    const caseId = await begun(1)
    await bench.erase()
    // Died after the erasure was committed, before anything was looked at or any checkpoint went.
    expect(await bench.cases.erase(bench.shop, caseId, bench.signal)).toEqual({ outcome: 'moved', round: 2 })
    await bench.relayed()
    expect(await remembers()).toBe(false)
    expect((await caseNow(caseId))?.status).toBe('waiting')
    expect(await bench.agent.triage(bench.shop, caseId, 'erased', bench.signal)).toEqual({ outcome: 'nothing_to_do' })
    expect((await caseNow(caseId))?.round).toBe(2)
  })

  test('lets what is being done end first, and nothing of it is done twice', async () => {
    const caseId = await begun(100_000, 60)
    expect((await caseNow(caseId))?.status).toBe('executing')
    await bench.erase()
    expect(await bench.relayed()).toEqual(['erased'])
    bench.clock.move(61_000)
    await bench.agent.act(bench.shop, caseId, bench.signal)
    while ((await bench.relayed()).length > 0);
    // What was reported is gone, so what was decided by it is not done but looked at again.
    expect(await remembers()).toBe(false)
    expect(
      (await bench.journal.ofCase(bench.shop, caseId, bench.signal)).map(({ kind, state }) => [kind, state]),
    ).toEqual([
      ['update_shipping_address', 'cancelled'],
      ['hold_order', 'authorised'],
      ['request_address', 'authorised'],
    ])
    bench.clock.move(61_000)
    await bench.agent.act(bench.shop, caseId, bench.signal)
    expect((await caseNow(caseId))?.status).toBe('waiting')
    expect(await remembers()).toBe(false)
  })

  test('leaves known what was done in an open case, so that it is not done again', async () => {
    const caseId = await begun(1)
    await bench.approved(caseId)
    await bench.relayed()
    expect((await caseNow(caseId))?.status).toBe('resolved')
    const again = await bench.opened('address_invalid')
    expect((await caseNow(again))?.status).toBe('waiting')
    await bench.erase()
    while ((await bench.relayed()).length > 0);
    const kinds = (await bench.journal.ofCase(bench.shop, again, bench.signal)).map(({ kind }) => kind)
    expect(kinds).toEqual(['hold_order', 'request_address'])
    expect((await caseNow(again))?.status).toBe('waiting')
    const closed = await bench.cases.detail(bench.shop, caseId, bench.signal)
    expect(closed).toMatchObject({ customerId: null, summary: '', actions: [{ args: {}, effect: '' }] })
  })
})
