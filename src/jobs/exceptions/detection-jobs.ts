import type { Cases } from '#approvals/cases.port.ts'
import type { Policies } from '#approvals/policy.port.ts'
import type { Shops } from '#db/access/shops.port.ts'
import type { OrderWatch } from '#db/commerce/watch/order-watch.port.ts'
import { PURSER } from '#domain/approvals/proposal.ts'
import type { ExceptionType } from '#domain/exceptions/exception-type.ts'
import type { OrderId, ShopId } from '#domain/ids.ts'
import { wholeDays } from '#domain/time/calendar.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { Jobs } from '../jobs.port.ts'
import { pacer } from '../pacer.ts'
import { repeatedOrders, type Suspicion, suspicionsOf, type WatchedOrder } from './detect.ts'

const LOOK_EVERY_MS = 300_000
const PAGE = 200
/** Orders are compared with others of the last days; nobody repeats an order by mistake later. */
const RECENT_DAYS = 3
/** An exception that ended is not found again for so long: what its case decided holds. */
const QUIET_DAYS = 14

const OF_PARCELS: ReadonlySet<ExceptionType> = new Set([
  'carrier_delay',
  'carrier_exception_address',
  'lost_in_transit',
  'delivered_not_received_claim',
  'damaged_in_transit',
  'return_to_sender',
])

export type DetectionParts = {
  watch: OrderWatch
  cases: Pick<Cases, 'open' | 'historyOfOrder'>
  policies: Pick<Policies, 'current'>
  shops: Pick<Shops, 'list'>
  pickingLocation: string
  clock: Clock
  log: Log
}

/** Looks for what nobody reported: promises that passed, silence, empty shelves, old holds, refunds that do not arrive, orders placed twice. */
export function detectionJobs(parts: DetectionParts): Jobs {
  const looking = pacer(LOOK_EVERY_MS, parts.clock)
  return {
    async start() {
      looking.start(
        async (signal) => {
          for (const { id } of await parts.shops.list(signal)) await detectExceptions(parts, id, signal)
        },
        (error) => parts.log.warn({ problem: String(error) }, 'orders could not be watched'),
      )
    },
    close: () => looking.close(),
  }
}

/** One round over a shop's orders; gives how many cases were opened. Throws what its ports throw. */
export async function detectExceptions(parts: DetectionParts, shop: ShopId, signal: AbortSignal): Promise<number> {
  const { watch, policies, pickingLocation, clock } = parts
  const { limits } = (await policies.current(shop, signal)).policy
  const now = clock.now().toISOString()
  const recent: WatchedOrder['order'][] = []
  let opened = 0
  for (let after: OrderId | null = null; ; ) {
    const page: WatchedOrder[] = await watch.orders(shop, after, PAGE, signal)
    for (const watched of page) {
      if (wholeDays(watched.order.placedAt, now) <= RECENT_DAYS) recent.push(watched.order)
      for (const suspicion of suspicionsOf(watched, limits, pickingLocation, now))
        opened += await report(parts, shop, suspicion, signal)
    }
    if (page.length < PAGE) break
    after = page.at(-1)?.order.id ?? null
  }
  for (const suspicion of repeatedOrders(recent, limits)) opened += await report(parts, shop, suspicion, signal)
  if (opened > 0) parts.log.info({ shop, opened }, 'exceptions found')
  return opened
}

async function report(
  { cases, clock }: DetectionParts,
  shop: ShopId,
  suspicion: Suspicion,
  signal: AbortSignal,
): Promise<number> {
  const { order, type, detail, data } = suspicion
  const quietSince = new Date(clock.now().getTime() - QUIET_DAYS * 86_400_000)
  const known = await cases.historyOfOrder(shop, order, quietSince, signal)
  if (known.some((one) => one.type === type && one.changedAt > quietSince)) return 0
  // Whoever looks into a parcel's case sees all of it: late, lost or on its way back.
  if (OF_PARCELS.has(type) && known.some((one) => OF_PARCELS.has(one.type) && one.status !== 'resolved')) return 0
  const { outcome } = await cases.open(shop, { order, type, source: 'monitor', detail, data }, PURSER, signal)
  return outcome === 'opened' ? 1 : 0
}
