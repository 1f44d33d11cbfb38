import { afterEach, describe, expect, test } from 'vitest'
import type { ActionTools } from '#tools/action-tool.port.ts'
import { anOrder, aParcel, scan } from '../fixtures/case-builder.ts'
import { BEN, type ExceptionBench, exceptionBench } from '../fixtures/exception-bench.ts'

const TOTAL = 9_000
const order = anOrder({ lines: [{ sku: 'POT', name: 'Pot', qty: 1, unitPrice: TOTAL }] })
const parcels = [aParcel([scan(-15, 'INFO'), scan(-14, 'COLL'), scan(-12, 'DEP')])]
const stock = [{ sku: 'POT', location: 'DC-EAST', onHand: 0, reserved: 0 }]

let bench: ExceptionBench
afterEach(() => bench.close())

async function silentParcel() {
  bench = await exceptionBench({ order, parcels, stock })
  return bench.opened('lost_in_transit')
}

/** Where a process dies: its own memory is gone, what it sent and stored is not. */
const DEATHS: Record<string, (refund: ActionTools['refund']) => Partial<ActionTools['refund']>> = {
  'before sending': () => ({
    run: async () => {
      throw new Error('killed')
    },
  }),
  'after sending': ({ run }) => ({
    run: async (...asked) => {
      await run(...asked)
      throw new Error('killed')
    },
  }),
  'after the answer was written down': () => ({
    verify: async () => {
      throw new Error('killed')
    },
  }),
}

describe('a parcel that went silent', () => {
  test('is investigated, put before a person with its evidence, and refunded once they agree', async () => {
    const caseId = await silentParcel()
    const found = await bench.cases.detail(bench.shop, caseId, bench.signal)
    expect(found).toMatchObject({ status: 'awaiting_approval', cause: 'lost_no_scan' })
    expect(found?.proposal?.actions.map(({ kind }) => kind)).toEqual(['file_carrier_claim', 'refund'])
    expect(found?.proposal?.total).toEqual({ amount: TOTAL, currency: 'EUR' })
    expect(found?.evidence.map(({ source }) => source)).toEqual(
      expect.arrayContaining(['orders', 'carriers', 'inventory', 'payments']),
    )
    expect(await bench.refunds()).toEqual([])

    expect((await bench.approved(caseId)).outcome).toBe('decided')
    expect(await bench.agent.act(bench.shop, caseId, bench.signal)).toEqual({ outcome: 'ended' })
    expect(await bench.refunds()).toMatchObject([{ amount: TOTAL }])
    expect((await bench.cases.load(bench.shop, caseId, bench.signal))?.status).toBe('resolved')
  })

  test.each(Object.entries(DEATHS))('is refunded once although the process dies %s', async (_when, death) => {
    const caseId = await silentParcel()
    await bench.approved(caseId)
    const dying = bench.agentWith((tools) => ({ ...tools, refund: { ...tools.refund, ...death(tools.refund) } }))
    await expect(dying.act(bench.shop, caseId, bench.signal)).rejects.toThrow('killed')

    // Until the dead sender's time is over nobody sends in its place.
    await bench.agent.act(bench.shop, caseId, bench.signal)
    expect((await bench.refunds()).length).toBeLessThanOrEqual(1)
    bench.clock.move(61_000)
    await bench.agent.act(bench.shop, caseId, bench.signal)
    await bench.agent.act(bench.shop, caseId, bench.signal)
    expect(await bench.refunds()).toMatchObject([{ amount: TOTAL }])
    expect((await bench.cases.load(bench.shop, caseId, bench.signal))?.status).toBe('resolved')
  })

  test('is refunded once although many are told to act at the same time', async () => {
    const caseId = await silentParcel()
    await bench.approved(caseId)
    await Promise.allSettled(Array.from({ length: 8 }, () => bench.agent.act(bench.shop, caseId, bench.signal)))
    bench.clock.move(61_000)
    await bench.agent.act(bench.shop, caseId, bench.signal)
    expect(await bench.refunds()).toMatchObject([{ amount: TOTAL }])
  })

  test('costs nothing after a rejection', async () => {
    const caseId = await silentParcel()
    const standing = await bench.proposals.standing(bench.shop, caseId, bench.signal)
    const no = { decision: 'reject', reasonCode: 'wrong_action', proposalHash: standing?.hash ?? '' } as const
    expect((await bench.proposals.decide(bench.shop, caseId, no, BEN, bench.signal)).outcome).toBe('decided')
    await bench.agent.act(bench.shop, caseId, bench.signal)
    await bench.agent.triage(bench.shop, caseId, 'news', bench.signal)
    expect(await bench.refunds()).toEqual([])
  })

  test('is shown anew when it arrives before the decision, and costs nothing', async () => {
    const caseId = await silentParcel()
    await bench.arrives()
    expect((await bench.approved(caseId)).outcome).toBe('stale_proposal')
    const standing = await bench.proposals.standing(bench.shop, caseId, bench.signal)
    expect(standing).toMatchObject({ revision: 2, cause: 'already_delivered' })
    await bench.agent.act(bench.shop, caseId, bench.signal)
    expect(await bench.refunds()).toEqual([])
    expect((await bench.cases.load(bench.shop, caseId, bench.signal))?.status).toBe('resolved')
  })

  test('is looked at again when it arrives between the decision and the deed', async () => {
    const caseId = await silentParcel()
    await bench.approved(caseId)
    await bench.arrives()
    expect(await bench.agent.act(bench.shop, caseId, bench.signal)).toEqual({ outcome: 'moved' })
    expect(await bench.refunds()).toEqual([])
    expect((await bench.cases.load(bench.shop, caseId, bench.signal))?.status).toBe('resolved')
  })

  test('closes by itself when news of its arrival come', async () => {
    const caseId = await silentParcel()
    await bench.arrives()
    await bench.agent.triage(bench.shop, caseId, 'news', bench.signal)
    expect((await bench.cases.load(bench.shop, caseId, bench.signal))?.status).toBe('resolved')
    expect(await bench.refunds()).toEqual([])
  })

  test('leaves no checkpoint behind when a person resolves its case', async () => {
    const caseId = await silentParcel()
    expect(await bench.checkpoints()).toBeGreaterThan(0)
    await bench.agent.tidy(bench.shop, 10, bench.signal)
    expect(await bench.checkpoints()).toBeGreaterThan(0)
    await bench.cases.resolve(bench.shop, caseId, 'by_hand', BEN, bench.signal)
    await bench.agent.tidy(bench.shop, 10, bench.signal)
    expect(await bench.checkpoints()).toBe(0)
  })

  test('keeps its proposal when news change nothing', async () => {
    const caseId = await silentParcel()
    const before = await bench.proposals.standing(bench.shop, caseId, bench.signal)
    expect(await bench.agent.triage(bench.shop, caseId, 'news', bench.signal)).toEqual({ outcome: 'nothing_to_do' })
    expect((await bench.proposals.standing(bench.shop, caseId, bench.signal))?.hash).toBe(before?.hash)
  })
})
