import { afterEach, describe, expect, test } from 'vitest'
import { anOrder, aParcel, scan } from '../fixtures/case-builder.ts'
import { BEN, type ExceptionBench, exceptionBench } from '../fixtures/exception-bench.ts'

const TOTAL = 2_000
const order = anOrder({ lines: [{ sku: 'POT', name: 'Pot', qty: 1, unitPrice: TOTAL }] })
const parcels = [aParcel([scan(-15, 'INFO'), scan(-14, 'COLL'), scan(-12, 'DEP')])]
const stock = [{ sku: 'POT', location: 'DC-EAST', onHand: 0, reserved: 0 }]

let bench: ExceptionBench
afterEach(() => bench.close())

/** A lost parcel that Purser would refund by itself, left to a person. */
async function leftToAPerson() {
  bench = await exceptionBench({ order, parcels, stock })
  await bench.autonomy.set(bench.shop, 'lost_in_transit', 'shadow', BEN, bench.signal)
  const caseId = await bench.opened('lost_in_transit')
  expect((await bench.cases.load(bench.shop, caseId, bench.signal))?.status).toBe('escalated')
  return caseId
}
const refundInTheShop = (amount: number) =>
  bench.sandbox.systems.payments.refund(
    { shop: bench.shop, key: `by-hand-${amount}` },
    order.id,
    { amount, currency: 'EUR' },
    null,
    bench.signal,
  )
const evidence = async () =>
  (await bench.autonomy.all(bench.shop, bench.signal)).find(({ type }) => type === 'lost_in_transit')?.evidence

describe('a type in the shadow', () => {
  test('does nothing, and counts as agreed when the person did the same in the shop', async () => {
    const caseId = await leftToAPerson()
    await bench.agent.act(bench.shop, caseId, bench.signal)
    expect(await bench.refunds()).toEqual([])
    expect((await evidence())?.shadow).toEqual({ compared: 0, agreed: 0, low: 0, high: 1, actions: [] })

    await refundInTheShop(TOTAL)
    await bench.agent.triage(bench.shop, caseId, 'news', bench.signal)
    await bench.agent.triage(bench.shop, caseId, 'news', bench.signal)
    const found = await evidence()
    expect(found).toMatchObject({ decisions: 0, shadow: { compared: 1, agreed: 1, high: 1 } })
    expect(found?.shadow.actions).toMatchObject([{ kind: 'refund', compared: 1, agreed: 1 }])
    // 1 of 1: n / (n + z²) with z = 1.645.
    expect(found?.shadow.low).toBeCloseTo(1 / (1 + 1.6448536 ** 2), 5)
    // One comparison, as one decision would: 0.05 by Clopper and Pearson.
    expect(found?.lowerBound).toBeCloseTo(0.05, 6)
  })

  test('counts as not agreed when the person did something else', async () => {
    const caseId = await leftToAPerson()
    await refundInTheShop(500)
    await bench.agent.triage(bench.shop, caseId, 'news', bench.signal)
    expect((await evidence())?.shadow).toMatchObject({ compared: 1, agreed: 0 })
  })

  test('closes what was solved without anybody, which Purser would have paid for', async () => {
    const caseId = await leftToAPerson()
    await bench.arrives()
    await bench.agent.triage(bench.shop, caseId, 'news', bench.signal)
    expect(await bench.cases.load(bench.shop, caseId, bench.signal)).toMatchObject({ status: 'resolved' })
    expect((await evidence())?.shadow).toMatchObject({ compared: 1, agreed: 0 })
  })

  test('is led out of it by what was compared, as by decisions', async () => {
    const caseId = await leftToAPerson()
    const { policy, version } = await bench.policies.current(bench.shop, bench.signal)
    const autonomy = { ...policy.autonomy, promotion: { sample: 1, minAgreement: 0.04 } }
    const change = { policy: { ...policy, autonomy }, ifMatch: version, by: BEN, note: null }
    await bench.policies.put(bench.shop, change, bench.signal)
    const up = () => bench.autonomy.set(bench.shop, 'lost_in_transit', 'auto', BEN, bench.signal)
    expect((await up()).outcome).toBe('not_enough_evidence')
    await refundInTheShop(TOTAL)
    await bench.agent.triage(bench.shop, caseId, 'news', bench.signal)
    expect((await up()).outcome).toBe('set')
  })
})
