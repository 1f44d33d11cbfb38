import { afterEach, expect, test } from 'vitest'
import { sandboxOrderWorld } from '#app/compose/exceptions/order-world.ts'
import { CAREFUL_LIMITS, policyFromLimits } from '#approvals/policy/default-policy.ts'
import { postgresOutbox } from '#db/background/outbox.postgres.ts'
import { postgresOrderWatch } from '#db/commerce/watch/order-watch.postgres.ts'
import { postgresInbox } from '#db/inbox/inbox.postgres.ts'
import { postgresOrderNews } from '#db/inbox/order-news.postgres.ts'
import type { CaseId } from '#domain/ids.ts'
import { shopEvents } from '#ingest/events/events.ts'
import { lookAtCases } from '#jobs/exceptions/case-jobs.ts'
import { detectExceptions } from '#jobs/exceptions/detection-jobs.ts'
import { tellCases } from '#jobs/exceptions/order-news.ts'
import { ADDRESS, anOrder, aParcel, scan } from '../fixtures/case-builder.ts'
import { BEN, type ExceptionBench, exceptionBench } from '../fixtures/exception-bench.ts'
import { silentLog } from '../fixtures/silent-log.ts'

const order = anOrder()
const stock = order.lines.map(({ sku }) => ({ sku, location: 'DC-EAST', onHand: 10, reserved: 0 }))
const parcels = [aParcel([scan(-15, 'INFO'), scan(-14, 'COLL'), scan(-12, 'DEP')])]
const DAY = 86_400_000

let bench: ExceptionBench
afterEach(() => bench.close())

/** A queue whose jobs are done at once, by the agent. */
function doing({ agent, shop, signal }: ExceptionBench) {
  return {
    async add(name: string, payload: Record<string, unknown>) {
      const { caseId, why } = payload as { caseId: CaseId; why: string }
      if (name === 'triage') await agent.triage(shop, caseId, why, signal)
      else if (why === 'deadline') await agent.holdBack(shop, caseId, signal)
      else await agent.act(shop, caseId, signal)
    },
    worker: () => {},
  }
}

test('an event opens a case, and the delivery that another one tells of closes it', async () => {
  bench = await exceptionBench({ order, parcels: [aParcel([scan(-2, 'COLL')])], stock })
  const { database, cases, sandbox, shop, clock, signal } = bench
  const events = shopEvents(postgresInbox(database), clock, silentLog)
  const parts = { news: postgresOrderNews(database), world: sandboxOrderWorld(sandbox.happenings, sandbox.files) }
  const told = () =>
    tellCases(
      { ...parts, cases, queue: doing(bench), shops: { list: async () => [] }, clock, log: silentLog },
      shop,
      new Map(),
      signal,
    )
  const event = (id: string, type: string, data: object) => ({ specversion: '1.0', id, source: '/shop', type, data })

  const raised = { orderId: 'O-1', type: 'lost_in_transit', detail: 'Where is it?' }
  await events.accept(shop, event('1', 'exception.raised', raised), signal)
  expect(await told()).toBe(1)
  const [found] = await cases.ofOrder(shop, order.id, signal)
  expect(found?.type).toBe('lost_in_transit')
  if (!found) return
  await bench.agent.triage(shop, found.id, 'opened', signal)
  expect((await cases.load(shop, found.id, signal))?.status).toBe('waiting')

  const delivered = { at: clock.now().toISOString(), code: 'DEL', description: 'Delivered' }
  await events.accept(shop, event('2', 'shipment.tracking', { tracking: '1234', event: delivered }), signal)
  expect(await told()).toBe(1)
  expect(await told()).toBe(0)
  expect(await cases.load(shop, found.id, signal)).toMatchObject({ status: 'resolved', cause: 'already_delivered' })
})

test('an event that always fails ends among the parked with its reason, and the next one about its order is acted on', async () => {
  bench = await exceptionBench({ order, parcels: [aParcel([scan(-2, 'COLL')])], stock })
  const { database, cases, sandbox, shop, clock, signal } = bench
  const events = shopEvents(postgresInbox(database), clock, silentLog)
  const world = sandboxOrderWorld(sandbox.happenings, sandbox.files)
  const failing = {
    ...world,
    happened: async (...given: Parameters<typeof world.happened>) => {
      if (given[2].data.broken) throw new TypeError('no such field')
      return world.happened(...given)
    },
  }
  const shops = { list: async () => [] }
  const parts = { news: postgresOrderNews(database), world: failing, cases, shops, clock, log: silentLog }
  const known = new Map()
  const told = () => tellCases({ ...parts, queue: doing(bench) }, shop, known, signal)
  const event = (id: string, data: object) => ({ specversion: '1.0', id, source: '/shop', type: 'order.updated', data })
  const ask = async () => (await events.list(shop, { states: ['parked'], cursor: null, limit: 9 }, signal)).items

  await events.accept(shop, [event('1', { orderId: 'O-1', broken: true }), event('2', { orderId: 'O-1' })], signal)
  const acted: number[] = []
  for (let tries = 0; tries < 6; tries += 1) {
    expect(await ask()).toEqual([])
    acted.push(await told())
    clock.move(600_000)
  }
  expect(acted).toEqual([0, 0, 0, 0, 0, 1])
  expect(await ask()).toMatchObject([{ id: '1', attempts: 6, problem: { code: 'app.unexpected' } }])
})

test('what nobody reported is found once, and not again after its case ended', async () => {
  bench = await exceptionBench({ order, parcels, stock })
  const { database, cases, policies, shop, clock, signal } = bench
  const watch = postgresOrderWatch(database)
  const parts = {
    watch,
    cases,
    policies,
    shops: { list: async () => [] },
    pickingLocation: 'DC-EAST',
    clock,
    log: silentLog,
  }
  expect(await detectExceptions(parts, shop, signal)).toBe(1)
  expect(await detectExceptions(parts, shop, signal)).toBe(0)
  const [found] = await cases.ofOrder(shop, order.id, signal)
  expect(found).toMatchObject({ type: 'lost_in_transit', source: 'monitor' })
  if (!found) return
  await cases.resolve(shop, found.id, 'by_hand', BEN, signal)
  expect(await detectExceptions(parts, shop, signal)).toBe(0)
})

test('a parcel that has a case of another kind is not found a second time', async () => {
  bench = await exceptionBench({ order, parcels, stock })
  const { database, cases, policies, shop, clock, signal } = bench
  await bench.opened('carrier_delay')
  const watch = postgresOrderWatch(database)
  const shops = { list: async () => [] }
  const parts = { watch, cases, policies, shops, pickingLocation: 'DC-EAST', clock, log: silentLog }
  expect(await detectExceptions(parts, shop, signal)).toBe(0)
})

test('a waiting case is looked at again when its time has come', async () => {
  bench = await exceptionBench({ order, parcels: [aParcel([scan(-2, 'COLL')])], stock })
  const caseId = await bench.opened('lost_in_transit')
  const look = lookAtCases({
    ...bench,
    shops: { list: async () => [{ id: bench.shop }] as never },
    queue: doing(bench),
    log: silentLog,
  })
  await look(bench.signal)
  expect((await bench.cases.load(bench.shop, caseId, bench.signal))?.round).toBe(1)
  bench.clock.move(9 * DAY)
  await look(bench.signal)
  expect(await bench.cases.load(bench.shop, caseId, bench.signal)).toMatchObject({ round: 2, cause: 'lost_no_scan' })
})

test('an order that has not left is held when nobody decided until the deadline', async () => {
  const dear = anOrder({ status: 'processing', lines: [{ sku: 'POT', name: 'Pot', qty: 1, unitPrice: 90_000 }] })
  bench = await exceptionBench({ order: dear, parcels: [], stock })
  const { policies, proposals, sandbox, shop, clock, signal } = bench
  const plain = policyFromLimits(CAREFUL_LIMITS)
  const policy = { ...plain, deadlines: { ...plain.deadlines, fallback: 'hold_order' as const } }
  await policies.put(shop, { policy, ifMatch: null, by: BEN, note: null }, signal)
  const suggestion = { ...ADDRESS, postalCode: '89077' }
  const caseId = await bench.opened('address_invalid', { suggestion, confidence: 1 })
  expect((await proposals.standing(shop, caseId, signal))?.ruling.verdict).toBe('approval')

  clock.move(DAY + 1)
  const look = lookAtCases({
    ...bench,
    shops: { list: async () => [{ id: shop }] as never },
    queue: doing(bench),
    log: silentLog,
  })
  for (let round = 0; round < 4; round += 1) await look(signal)
  const knocks = await postgresOutbox(bench.database).pending(shop, 10, signal)
  for (const { name, payload } of knocks) if (name === 'act') await doing(bench).add(name, payload)
  const now = await sandbox.systems.desk.versionedOrder(shop, dear.id, signal)
  expect(now?.value).toMatchObject({ status: 'on_hold', shippingAddress: ADDRESS })
  expect((await bench.cases.load(shop, caseId, signal))?.status).toBe('escalated')
})

test('a new address is taken back when the goods cannot be sent to it', async () => {
  const dock = scan(-1, 'RTS', { description: 'Returned to shipper dock', location: 'Sender dock' })
  bench = await exceptionBench({
    order,
    parcels: [aParcel([scan(-5, 'COLL'), dock], { status: 'returned' })],
    stock: [],
  })
  const { cases, journal, sandbox, shop, signal } = bench
  const customerAddress = { ...ADDRESS, line1: 'Ring 2' }
  const failing = bench.agentWith((tools) => ({
    ...tools,
    reship: { ...tools.reship, run: async () => ({ outcome: 'failed', why: 'out_of_stock' }) },
  }))
  const report = {
    order: order.id,
    type: 'return_to_sender',
    source: 'test',
    detail: '',
    data: { customerAddress },
  } as const
  const { caseId } = await cases.open(shop, report, BEN, signal)
  await failing.triage(shop, caseId, 'opened', signal)
  const actions = await journal.ofCase(shop, caseId, signal)
  expect(actions.filter(({ undoOf }) => undoOf === null)).toMatchObject([
    { kind: 'update_shipping_address', state: 'undone' },
    { kind: 'reship', state: 'failed' },
  ])
  const now = await sandbox.systems.desk.versionedOrder(shop, order.id, signal)
  expect(now?.value.shippingAddress).toEqual(ADDRESS)
  expect((await cases.load(shop, caseId, signal))?.status).toBe('escalated')
})
