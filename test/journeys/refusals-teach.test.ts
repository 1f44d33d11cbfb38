import { afterEach, expect, test } from 'vitest'
import { type CaseAnswer, doneInstead, type TimelineAnswer } from '#app/cli/rejections/done-instead.ts'
import { type Rejection, scenariosOf } from '#app/cli/rejections/scenarios-of.ts'
import { Scenario } from '../../evals/exceptions/scenario.ts'
import { ADDRESS, anOrder, aParcel, scan } from '../fixtures/case-builder.ts'
import { BEN, type ExceptionBench, exceptionBench } from '../fixtures/exception-bench.ts'

let bench: ExceptionBench
afterEach(() => bench.close())

const order = anOrder({ lines: [{ sku: 'POT', name: 'Pot', qty: 1, unitPrice: 9_000 }] })
const parcels = [aParcel([scan(-15, 'INFO'), scan(-14, 'COLL'), scan(-12, 'DEP')], { tracking: 'TRACK-77' })]
const stock = [{ sku: 'POT', location: 'DC-EAST', onHand: 0, reserved: 0 }]

test('what a person refuses is kept as a scenario of the committed schema that names nobody', async () => {
  bench = await exceptionBench({ order, parcels, stock })
  const { shop, signal, proposals } = bench
  const caseId = await bench.opened('lost_in_transit')
  const standing = await proposals.standing(shop, caseId, signal)
  const no = { decision: 'reject', reasonCode: 'wrong_amount', proposalHash: standing?.hash ?? '' } as const
  await proposals.decide(shop, caseId, no, BEN, signal)

  const rejected = await proposals.rejected(shop, new Date(0), 10, signal)
  const { scenarios } = scenariosOf(
    rejected.map(({ proposal, at, ...why }) => ({
      ...why,
      cause: proposal.cause,
      proposal,
      at: at.toISOString(),
    })) as Rejection[],
  )
  const [scenario] = scenarios.map((one) => Scenario.parse(one))
  expect(scenario).toMatchObject({
    type: 'lost_in_transit',
    world: { order: { total: 9_000, paymentStatus: 'captured' }, inventory: [{ sku: 'POT', onHand: 0 }] },
    expect: { cause: 'lost_no_scan', decision: 'escalate', mustNot: ['file_carrier_claim', 'refund'] },
  })
  for (const word of [order.id, ADDRESS.name, ADDRESS.line1, ADDRESS.city, 'TRACK-77', order.customer.id])
    expect(JSON.stringify(scenarios)).not.toContain(word)
})

test('what was done about a case is told by when it was authorised', async () => {
  bench = await exceptionBench({ order, parcels, stock })
  const { shop, signal, cases, clock } = bench
  const caseId = await bench.opened('lost_in_transit')
  const opened = clock.now().toISOString()
  clock.move(1_000)
  await bench.approved(caseId)
  while ((await bench.relayed()).length > 0);
  clock.move(1_000)
  const asAnswered = (value: unknown) => JSON.parse(JSON.stringify(value))
  const found: CaseAnswer = asAnswered(await cases.detail(shop, caseId, signal))
  const timeline: TimelineAnswer = asAnswered({ items: await cases.timeline(shop, caseId, signal) })
  const since = (after: string) => doneInstead(found, timeline, { after, before: null }).map(({ kind }) => kind)
  expect(since(opened)).toEqual(['file_carrier_claim', 'refund'])
  expect(since(clock.now().toISOString())).toEqual([])
})
