import { afterEach, expect, test } from 'vitest'
import { orderCard } from '#agents/customer-question/order-card.ts'
import { sandboxOrderWorld } from '#app/compose/exceptions/order-world.ts'
import { sandboxOrderSystem } from '#commerce/sandbox/order-system.sandbox.ts'
import { postgresSandboxEvents } from '#db/commerce/sandbox-events.postgres.ts'
import { postgresSandboxWorld } from '#db/commerce/sandbox-world.postgres.ts'
import { postgresInbox } from '#db/inbox/inbox.postgres.ts'
import { postgresOrderNews } from '#db/inbox/order-news.postgres.ts'
import type { CaseId } from '#domain/ids.ts'
import { shopEvents } from '#ingest/events/events.ts'
import { tellCases } from '#jobs/exceptions/order-news.ts'
import { tellAll } from '#jobs/sandbox-jobs.ts'
import { randomIds } from '#telemetry/ids.ts'
import { anOrder, aParcel, scan } from '../fixtures/case-builder.ts'
import { type ExceptionBench, exceptionBench } from '../fixtures/exception-bench.ts'
import { silentLog } from '../fixtures/silent-log.ts'

const MINUTE = 60_000
let bench: ExceptionBench
afterEach(() => bench.close())

/** What the background work does of it, once; it may be done again by the same or another process. */
async function timePasses(): Promise<void> {
  const { database, cases, agent, sandbox, shop, clock, signal } = bench
  const intake = shopEvents(postgresInbox(database), clock, silentLog)
  const told = { events: postgresSandboxEvents(database), controls: sandbox.controls, intake, ids: randomIds(clock) }
  const queue = {
    add: async (_name: string, payload: Record<string, unknown>) =>
      void (await agent.triage(shop, payload.caseId as CaseId, String(payload.why), signal)),
  }
  const world = sandboxOrderWorld(sandbox.happenings, sandbox.files)
  const parts = { news: postgresOrderNews(database), world, cases, queue, clock, log: silentLog }
  await sandbox.happenings.tick(shop, signal)
  await tellAll(told, shop, signal)
  await tellCases({ ...parts, shops: { list: async () => [] } }, shop, new Map(), signal)
}

test('a refund is awaited until the provider confirms it, minutes later; then the order’s card and its case say so', async () => {
  const order = anOrder({ status: 'delivered', paymentStatus: 'captured' })
  const parcels = [aParcel([scan(-4, 'COLL'), scan(-2, 'DEL')], { status: 'delivered' })]
  bench = await exceptionBench({ order, parcels, stock: [] })
  const { sandbox, cases, shop, clock, signal } = bench
  const confirm = { afterMs: 5 * MINUTE, since: await sandbox.controls.now(shop, signal) }
  await sandbox.controls.refundsConfirmAfter(shop, confirm, signal)
  const orders = sandboxOrderSystem(postgresSandboxWorld(bench.database))
  const card = async () => {
    const now = await orders.order(shop, order.id, signal)
    if (!now) throw new Error('no such order')
    return { awaited: orderCard(now, clock.now().toISOString(), 'en').nextExpected?.what, paid: now.paymentStatus }
  }
  await sandbox.systems.payments.refund({ shop, key: 'a' }, order.id, { amount: 500, currency: 'EUR' }, null, signal)
  const caseId = await bench.opened('refund_pending_too_long')
  await timePasses()
  expect(await card()).toEqual({ awaited: 'Your refund', paid: 'refund_pending' })
  expect(await cases.load(shop, caseId, signal)).toMatchObject({ status: 'waiting', cause: 'refund_in_time' })

  clock.move(5 * MINUTE)
  await Promise.all([timePasses(), timePasses()])
  await timePasses()
  expect(await card()).toEqual({ awaited: undefined, paid: 'partially_refunded' })
  expect(await bench.refunds()).toMatchObject([{ status: 'succeeded', amount: 500 }])
  expect(await cases.load(shop, caseId, signal)).toMatchObject({ status: 'resolved', cause: 'refund_settled' })
})
