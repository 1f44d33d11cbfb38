import { z } from 'zod'
import type { Cases } from '#approvals/cases.port.ts'
import type { Shops } from '#db/access/shops.port.ts'
import type { OrderEvent, OrderNews } from '#db/inbox/order-news.port.ts'
import { PURSER } from '#domain/approvals/proposal.ts'
import { EXCEPTION_TYPES } from '#domain/exceptions/exception-type.ts'
import { tryReadJson } from '#domain/foreign-json.ts'
import { type OrderId, orderId, type ShopId } from '#domain/ids.ts'
import type { Queue } from '#queue/queue.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { Jobs } from '../jobs.port.ts'
import { pacer } from '../pacer.ts'
import { TRIAGE_QUEUE } from './case-runs.ts'

/** How late a case hears of what happened to its order. */
const LOOK_EVERY_MS = 2_000
const PAGE = 100
/** Who tells of what its own world did: nothing is to be done there any more. */
const OWN_WORLD = '/sandbox'

const About = z.looseObject({
  order: z.string().optional(),
  orderId: z.string().optional(),
  tracking: z.string().optional(),
  trackingNumber: z.string().optional(),
})
const Raised = z.looseObject({
  type: z.enum(EXCEPTION_TYPES),
  source: z.string().max(100).default('event'),
  detail: z.string().max(4_000).default(''),
  data: z.record(z.string(), z.unknown()).optional(),
})

/** What of the order world this needs; a shop's own systems change by themselves and ignore `happened`. */
export type OrderWorld = {
  orderOfTracking(shop: ShopId, tracking: string, signal: AbortSignal): Promise<OrderId | null>
  /** Lets an event that came from outside be true in the world. Events it does not know change nothing. */
  happened(
    shop: ShopId,
    order: OrderId,
    event: { type: string; data: Record<string, unknown> },
    signal: AbortSignal,
  ): Promise<void>
}

export type OrderNewsParts = {
  news: OrderNews
  world: OrderWorld
  cases: Pick<Cases, 'open' | 'ofOrder'>
  queue: Pick<Queue, 'add'>
  shops: Pick<Shops, 'list'>
  clock: Clock
  log: Log
}

/** Acts on events about orders: raised exceptions open cases, all others have the order's open cases looked at again. */
export function orderNewsJobs(parts: OrderNewsParts): Jobs {
  const looking = pacer(LOOK_EVERY_MS, parts.clock)
  return {
    async start() {
      looking.start(
        async (signal) => {
          for (const { id } of await parts.shops.list(signal)) await tellCases(parts, id, signal)
        },
        (error) => parts.log.warn({ problem: String(error) }, 'events about orders could not be acted on'),
      )
    },
    close: () => looking.close(),
  }
}

/** Everything that waits, event by event: one that was acted on and not yet crossed out is acted on again, which changes nothing. */
export async function tellCases(parts: OrderNewsParts, shop: ShopId, signal: AbortSignal): Promise<number> {
  for (let told = 0; ; ) {
    const events = await parts.news.waiting(shop, PAGE, signal)
    for (const event of events) {
      await tell(parts, shop, event, signal)
      await parts.news.done(shop, [event], parts.clock.now(), signal)
    }
    told += events.length
    if (events.length < PAGE) return told
  }
}

async function tell(parts: OrderNewsParts, shop: ShopId, event: OrderEvent, signal: AbortSignal): Promise<void> {
  const data = tryReadJson(event.data ?? '{}')
  const order = await orderOf(parts, shop, event, data, signal)
  if (order === null) return
  if (event.type === 'exception.raised') {
    const raised = Raised.safeParse(data)
    if (!raised.success) return
    const { type, source, detail, data: measured } = raised.data
    await parts.cases.open(
      shop,
      { order, type, source, detail, ...(measured ? { data: measured } : {}) },
      PURSER,
      signal,
    )
    return
  }
  if (event.source !== OWN_WORLD && typeof data === 'object' && data !== null)
    await parts.world.happened(shop, order, { type: event.type, data: data as Record<string, unknown> }, signal)
  const about = `${event.source}_${event.id}`.replace(/[^\w-]/g, '_')
  for (const { id: caseId } of await parts.cases.ofOrder(shop, order, signal))
    await parts.queue.add(TRIAGE_QUEUE, { shop, caseId, why: 'news' }, { jobId: `news_${caseId}_${about}` }, signal)
}

/** By its data, by the parcel's number, or by what the event says it is about. */
async function orderOf(
  { world }: OrderNewsParts,
  shop: ShopId,
  { type, subject }: OrderEvent,
  data: unknown,
  signal: AbortSignal,
): Promise<OrderId | null> {
  const about = About.safeParse(data)
  const named = about.success ? (about.data.orderId ?? about.data.order) : undefined
  if (named !== undefined) return orderId(named)
  const tracking = about.success ? (about.data.trackingNumber ?? about.data.tracking) : undefined
  if (type.startsWith('shipment.')) return world.orderOfTracking(shop, tracking ?? subject ?? '', signal)
  return subject === null ? null : orderId(subject)
}
