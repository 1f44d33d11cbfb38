import { z } from 'zod'
import type { Cases } from '#approvals/cases.port.ts'
import type { Shops } from '#db/access/shops.port.ts'
import type { OrderEvent, OrderNews, WaitingNews } from '#db/inbox/order-news.port.ts'
import { PURSER } from '#domain/approvals/proposal.ts'
import { EXCEPTION_TYPES } from '#domain/exceptions/exception-type.ts'
import { asFault, type Fault } from '#domain/fault.ts'
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
/** After the last of these an event that fails for a reason unknown is parked. */
const PAUSES_MS = [1_000, 5_000, 30_000, 120_000, 600_000]
/** While a system is away its orders' news are kept in order, for about a day. */
const LONGEST_PAUSE_MS = 600_000
const MOST_TRIES_WHILE_AWAY = 148
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
  const known = new Map<ShopId, KnownOrders>()
  return {
    async start() {
      looking.start(
        async (signal) => {
          for (const { id: shop } of await parts.shops.list(signal)) {
            const orders = known.get(shop) ?? new Map()
            known.set(shop, orders)
            await tellCases(parts, shop, orders, signal).catch((error) => {
              signal.throwIfAborted()
              parts.log.warn({ shop, problem: String(error) }, 'events about orders could not be acted on')
            })
          }
        },
        (error) => parts.log.warn({ problem: String(error) }, 'shops could not be listed for their events'),
      )
    },
    close: () => looking.close(),
  }
}

/** The orders of events that wait, by position, as last looked up (null: none, or nobody could say), so that waiting asks nobody. */
export type KnownOrders = Map<string, OrderId | null>

/**
 * Everything that waits, event by event: one that was acted on and not yet crossed out is acted on again, which changes nothing.
 * One that fails is set aside for a while, and at last parked; until then what came later about the same order waits for it.
 * `known` is kept from round to round. Gives how many were acted on. Throws what its ports throw while news are read and crossed out.
 */
export async function tellCases(
  parts: OrderNewsParts,
  shop: ShopId,
  known: KnownOrders,
  signal: AbortSignal,
): Promise<number> {
  const round: Round = { heldUp: new Set(), known, still: new Map() }
  let told = 0
  for (let after: string | null = null; ; ) {
    const at = parts.clock.now()
    const events: WaitingNews[] = await parts.news.waiting(shop, { after, at, limit: PAGE }, signal)
    for (const event of events) told += (await tellInTurn(parts, shop, event, round, signal)) ? 1 : 0
    if (events.length < PAGE) break
    after = events.at(-1)?.position ?? null
  }
  // Those that wait no more, whoever acted on them, are forgotten.
  known.clear()
  for (const [position, order] of round.still) known.set(position, order)
  return told
}

/** `still`: what is known of the events that go on waiting. */
type Round = { heldUp: Set<string>; known: KnownOrders; still: KnownOrders }

/** Acts on one event unless an earlier one of the same order is held up; then, or when it fails itself, its names are held up too. */
async function tellInTurn(
  parts: OrderNewsParts,
  shop: ShopId,
  event: WaitingNews,
  { heldUp, known, still }: Round,
  signal: AbortSignal,
): Promise<boolean> {
  const data = tryReadJson(event.data ?? '{}')
  const names = namesOf(event, data)
  let order = known.get(event.position) ?? null
  if (order !== null) names.push(order)
  const isFree = () => event.isDue && !names.some((name) => heldUp.has(name))
  const mayGo = isFree()
  try {
    if (mayGo || !known.has(event.position)) order = await orderOf(parts, shop, event, data, signal)
    if (order !== null) names.push(order)
    if (isFree()) {
      if (order !== null) await tell(parts, shop, event, order, data, signal)
      await parts.news.done(shop, [event], parts.clock.now(), signal)
      return true
    }
  } catch (error) {
    signal.throwIfAborted()
    // What only waits for another has not failed.
    if (mayGo && (await setAside(parts, shop, event, asFault(error), signal)) === 'parked') return false
  }
  still.set(event.position, order)
  for (const name of names) heldUp.add(name)
  return false
}

async function setAside(
  { news, clock, log }: OrderNewsParts,
  shop: ShopId,
  event: WaitingNews,
  fault: Fault,
  signal: AbortSignal,
): Promise<'later' | 'parked'> {
  const at = clock.now()
  const pause = pauseAfter(fault, event.attempts)
  const lookAgainAt = pause === null ? null : new Date(at.getTime() + pause)
  await news.failed(shop, event, { code: fault.code, message: fault.message }, lookAgainAt, at, signal)
  const { type, attempts } = event
  log[lookAgainAt ? 'warn' : 'error'](
    { shop, type, code: fault.code, attempts: attempts + 1, err: fault.cause },
    lookAgainAt ? 'event about an order failed for now' : 'event about an order parked',
  )
  return lookAgainAt ? 'later' : 'parked'
}

/** Null: trying again changes nothing any more. */
function pauseAfter({ kind, code }: Fault, attempts: number): number | null {
  const passes = kind === 'retryable' || kind === 'operator'
  if (passes && attempts < MOST_TRIES_WHILE_AWAY) return PAUSES_MS[attempts] ?? LONGEST_PAUSE_MS
  return code === 'app.unexpected' ? (PAUSES_MS[attempts] ?? null) : null
}

async function tell(
  parts: OrderNewsParts,
  shop: ShopId,
  event: OrderEvent,
  order: OrderId,
  data: unknown,
  signal: AbortSignal,
): Promise<void> {
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

/** Whatever it names its order by, as it says it. */
function namesOf({ subject }: OrderEvent, data: unknown): string[] {
  const { orderId: id, order, trackingNumber, tracking } = About.safeParse(data).data ?? {}
  return [id, order, trackingNumber, tracking, subject].filter((name): name is string => typeof name === 'string')
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
