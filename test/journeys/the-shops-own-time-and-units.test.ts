import { afterEach, expect, test } from 'vitest'
import { anOrder, aParcel, scan } from '../fixtures/case-builder.ts'
import { type ExceptionBench, exceptionBench } from '../fixtures/exception-bench.ts'

let bench: ExceptionBench
afterEach(() => bench.close())

const DAY_MS = 86_400_000
const lines = [{ sku: 'POT', name: 'Pot', qty: 1, unitPrice: 3_000 }]
const stock = [{ sku: 'POT', location: 'DC-EAST', onHand: 1, reserved: 0 }]

test('a world that runs ahead is judged by its own days, and looked at again by ours', async () => {
  bench = await exceptionBench({ order: anOrder({ lines }), parcels: [aParcel([scan(-1, 'DEP')])], stock })
  const { shop, signal, sandbox, clock, cases } = bench
  const found = async () => cases.load(shop, caseId, signal)
  await sandbox.controls.setClock(shop, { frozenAt: null, offsetMs: 2 * DAY_MS }, signal)
  const caseId = await bench.opened('lost_in_transit')
  const first = await found()
  expect(first).toMatchObject({ status: 'waiting', cause: 'silent_not_yet_lost' })
  const aheadMs = Number(first?.lookAgainAt?.getTime()) - clock.now().getTime()
  await sandbox.controls.setClock(shop, { frozenAt: null, offsetMs: 2 * DAY_MS + aheadMs }, signal)
  await bench.agent.triage(shop, caseId, 'due', signal)
  expect(await found()).toMatchObject({ cause: 'lost_no_scan' })
})

test('an order that has the last unit for itself is not out of stock to itself, however often it is looked at', async () => {
  const order = anOrder({ status: 'processing', lines })
  bench = await exceptionBench({ order, parcels: [], stock })
  const { shop, signal, sandbox, tools } = { ...bench, tools: bench.sandbox.tools }
  const reserve = {
    id: 'act_reserve',
    shop,
    order: order.id,
    kind: 'reallocate_stock',
    args: { sku: 'POT', qty: 1, location: 'DC-EAST' },
  }
  expect((await tools.reallocate_stock.run(reserve as never, signal)).outcome).toBe('succeeded')
  expect((await sandbox.systems.stock.stock(shop, ['POT'], signal)).value).toMatchObject([{ onHand: 1, reserved: 1 }])
  const caseId = await bench.opened('out_of_stock_open_order')
  expect(await bench.cases.load(shop, caseId, signal)).toMatchObject({ status: 'resolved', cause: 'stock_restored' })
})
