import type { CaseNews } from '#agents/customer-question/claims/case-news.port.ts'
import type { Cases } from '#approvals/cases.port.ts'
import type { Shops } from '#db/access/shops.port.ts'
import type { Notifications } from '#db/notifications.port.ts'
import type { CaseNewsStore } from '#db/support/news/case-news.port.ts'
import type { ShopId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { Jobs } from '../jobs.port.ts'
import { pacer } from '../pacer.ts'

/** Changes are knocked at; this is for a knock that was missed, and for conversations a person has given back. */
const LOOK_EVERY_MS = 10_000
const PAGE = 100
/** What nobody could be told for so long is told when they ask. */
const NEWS_FOR_MS = 14 * 24 * 3_600_000

export type CaseNewsParts = {
  store: CaseNewsStore
  news: CaseNews
  cases: Pick<Cases, 'detail'>
  shops: Pick<Shops, 'list'>
  notifications: Pick<Notifications, 'listen'>
  clock: Clock
  ids: Ids
  log: Log
}

/**
 * Tells shoppers in their conversation what came of what they asked for there: live where the page is open, else when they come
 * back. What is to be told stands in the database, and each state of a case is told once.
 */
export function caseNewsJobs(parts: CaseNewsParts): Jobs {
  const { notifications, clock, log } = parts
  const looking = pacer(LOOK_EVERY_MS, clock)
  let stopListening: () => void = () => {}
  return {
    async start() {
      stopListening = notifications.listen('cases', () => looking.knock())
      looking.start(tellNews(parts), (error) => log.warn({ problem: String(error) }, 'case news could not be told'))
    },
    async close() {
      stopListening()
      await looking.close()
    },
  }
}

/** One round over all shops. A shop that fails leaves the others to be told. */
export function tellNews(parts: CaseNewsParts) {
  return async (signal: AbortSignal): Promise<void> => {
    const failures: unknown[] = []
    for (const { id } of await parts.shops.list(signal))
      await tellShop(parts, id, signal).catch((error) => {
        signal.throwIfAborted()
        failures.push(error)
      })
    if (failures.length > 0) throw failures[0]
  }
}

async function tellShop({ store, news, cases, clock, ids, log }: CaseNewsParts, shop: ShopId, signal: AbortSignal) {
  const since = new Date(clock.now().getTime() - NEWS_FOR_MS)
  for (const one of await store.changed(shop, since, PAGE, signal)) {
    const detail = await cases.detail(shop, one.caseId, signal)
    const { customer, unlockedOrders, language } = one
    const told = detail && (await news.news({ shop, customer, unlockedOrders }, detail, language, signal))
    const made = told && {
      state: told.state,
      answer: { ...withoutState(told), id: ids.make('msg'), latencyMs: 0, traceId: ids.make('trc') },
    }
    if (await store.tell(shop, one, made ?? null, clock.now(), signal))
      log.info({ shop, case: one.caseId, state: told?.state }, 'shopper told of their case')
  }
}

function withoutState<Told extends { state: string }>({ state: _told, ...answer }: Told) {
  return answer
}
