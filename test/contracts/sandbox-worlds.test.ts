import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ScenarioWorld, scenarioWorld } from '#commerce/sandbox/worlds/scenario-world.ts'
import { worldDiff } from '#commerce/sandbox/worlds/world-diff.ts'
import { postgresWorldStore } from '#db/commerce/world-store.postgres.ts'
import { customerId, type ShopId } from '#domain/ids.ts'
import { order, parcel } from '../fixtures/order-builder.ts'
import { type SandboxBench, SHELVES, sandboxBench } from '../fixtures/sandbox-bench.ts'

let bench: SandboxBench
beforeAll(async () => {
  bench = await sandboxBench()
})
afterAll(() => bench.close())

const history = { id: customerId('C-1'), tier: 'gold', lifetimeOrders: 9, priorClaims: 1 }

function scenario(): ScenarioWorld {
  const { shipments: _none, refunds: _no, ...plain } = order({ status: 'shipped' })
  const { tracking: trackingNumber, ...rest } = parcel()
  return {
    now: '2026-03-10T09:00:00Z',
    order: { ...plain, customer: history },
    shipments: [{ ...rest, trackingNumber }],
    inventory: SHELVES,
    relatedOrders: [{ ...plain, id: order({ id: 'ORD-0' }).id, customer: history }],
    priceList: [{ sku: 'LAMP', listPrice: 2_500, effectiveFrom: '2026-01-01T00:00:00.000Z' }],
  }
}

async function open() {
  const store = postgresWorldStore(bench.database)
  const shop: ShopId = await bench.shopWith([order({ id: 'OLD' })])
  await store.load(shop, scenarioWorld(scenario()), bench.signal)
  return { store, shop }
}

test('a scenario’s world replaces the old one and answers the look-ups, at its own time', async () => {
  const { shop } = await open()
  const { systems, signal, id, controls, files } = bench
  expect((await systems.desk.versionedOrder(shop, id, signal))?.value.shipments).toEqual([parcel()])
  expect(await files.file(shop, order({ id: 'OLD' }).id, signal)).toBeNull()
  expect(await systems.desk.customerHistory(shop, id, signal)).toEqual(history)
  expect((await systems.desk.relatedOrders(shop, id, 5, signal)).map((one) => one.id)).toEqual(['ORD-0'])
  expect(await systems.desk.listPrices(shop, ['LAMP'], signal)).toHaveLength(1)
  expect((await controls.now(shop, signal)).toISOString()).toBe('2026-03-10T09:00:00.000Z')
})

test('the same world, the same requests: the same world afterwards, to the letter', async () => {
  const [one, other] = [await open(), await open()]
  const { systems, signal, id } = bench
  const dumps = []
  for (const { store, shop } of [one, other]) {
    const before = await store.dump(shop, signal)
    await systems.orders.reship({ shop, key: 'act_1' }, id, [{ sku: 'CHAIR', qty: 1 }], signal)
    await systems.payments.credit({ shop, key: 'act_2' }, id, { amount: 300, currency: 'EUR' }, signal)
    dumps.push({ before, after: await store.dump(shop, signal) })
  }
  expect(dumps[0]).toEqual(dumps[1])
  const changes = dumps[0] ? worldDiff(dumps[0].before, dumps[0].after) : []
  expect(changes.map(({ path }) => path.replace(/-[0-9A-Z]{10}/, ''))).toEqual([
    'orders/ORD-1/parcels/SH',
    'orders/ORD-1/records/CR',
    'orders/ORD-1/records/RV',
    'orders/ORD-1/records/SU',
    'stock/CHAIR@DC-EAST/reserved',
  ])
  expect(changes.at(-1)).toEqual({ path: 'stock/CHAIR@DC-EAST/reserved', before: 1, after: 2 })
})

test('a dumped world is loaded as it was', async () => {
  const { store, shop } = await open()
  const other = await bench.shopWith([])
  const dumped = await store.dump(shop, bench.signal)
  await store.load(other, dumped, bench.signal)
  expect(worldDiff(dumped, await store.dump(other, bench.signal))).toEqual([])
})

test('a refused request leaves no difference', async () => {
  const { store, shop } = await open()
  const { systems, signal, id } = bench
  const before = await store.dump(shop, signal)
  await systems.orders.cancel({ shop, key: 'act_1' }, id, 'x', signal)
  expect(worldDiff(before, await store.dump(shop, signal))).toEqual([])
})
