import { afterAll, beforeAll, expect, test } from 'vitest'
import { postgresSandboxEvents } from '#db/commerce/sandbox-events.postgres.ts'
import { postgresInbox } from '#db/inbox/inbox.postgres.ts'
import { shopEvents } from '#ingest/events/events.ts'
import { order } from '../../test/fixtures/order-builder.ts'
import { type SandboxBench, sandboxBench } from '../../test/fixtures/sandbox-bench.ts'
import { silentLog } from '../../test/fixtures/silent-log.ts'
import { tellAll } from './sandbox-jobs.ts'

let bench: SandboxBench
beforeAll(async () => {
  bench = await sandboxBench()
})
afterAll(() => bench.close())

async function open() {
  const { database, clock, ids, controls, signal, id, systems } = bench
  const intake = shopEvents(postgresInbox(database), clock, silentLog)
  const parts = { events: postgresSandboxEvents(database), controls, intake, ids }
  const shop = await bench.shopWith([order()])
  await systems.payments.refund({ shop, key: 'a' }, id, { amount: 100, currency: 'EUR' }, null, signal)
  await systems.stock.reallocate({ shop, key: 'b' }, id, { sku: 'LAMP', qty: 2 }, 'DC-WEST', signal)
  const known = async () => {
    await intake.settle(shop, signal)
    const { items } = await intake.list(
      shop,
      { states: ['applied', 'unhandled', 'superseded', 'parked', 'waiting', 'early'], cursor: null, limit: 100 },
      signal,
    )
    return items.map(({ type }) => type).sort()
  }
  return {
    parts,
    shop,
    known,
    strike: (fault: 'duplicate' | 'reorder' | 'timeout_after') =>
      controls.addFault(
        shop,
        { system: 'events', operation: '*', fault, share: 1, timesLeft: 1, latencyMs: 0 },
        signal,
      ),
  }
}

/** Three shelves, a refund, a new place and its shelf. */
const TOLD = [...Array(4).fill('inventory.adjusted'), 'order.allocated', 'refund.created']

test('what happens in the world reaches the intake once', async () => {
  const { parts, shop, known } = await open()
  expect(await tellAll(parts, shop, bench.signal)).toBe(6)
  expect(await known()).toEqual(TOLD)
  expect(await tellAll(parts, shop, bench.signal)).toBe(0)
})

test.each(['duplicate', 'reorder', 'timeout_after'] as const)(
  'and once when its delivery suffers: %s',
  async (fault) => {
    const { parts, shop, known, strike } = await open()
    await strike(fault)
    await tellAll(parts, shop, bench.signal)
    expect(await known()).toEqual(TOLD)
  },
)

test('a change and its event are one: nothing is told of what was refused', async () => {
  const { parts, shop } = await open()
  await tellAll(parts, shop, bench.signal)
  const { signal, id, systems } = bench
  await systems.payments.refund({ shop, key: 'c' }, id, { amount: 99_999, currency: 'EUR' }, null, signal)
  expect(await parts.events.pending(shop, 10, signal)).toEqual([])
})
