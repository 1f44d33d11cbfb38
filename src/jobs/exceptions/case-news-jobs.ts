import type { CaseNews } from '#agents/customer-question/claims/case-news.port.ts'
import type { Cases } from '#approvals/cases.port.ts'
import type { Shops } from '#db/access/shops.port.ts'
import type { Notifications } from '#db/notifications.port.ts'
import type { CaseNewsStore, ChangedCase } from '#db/support/news/case-news.port.ts'
import type { CaseId, ShopId } from '#domain/ids.ts'
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

/** Every case once. One that fails leaves the others to be told, however many fail before them. Throws what the first one threw. */
async function tellShop(parts: CaseNewsParts, shop: ShopId, signal: AbortSignal) {
  const since = new Date(parts.clock.now().getTime() - NEWS_FOR_MS)
  const failures: unknown[] = []
  const seen = new Set<CaseId>()
  for (let isMore = true; isMore; ) {
    // What failed stands at the front still.
    const limit = PAGE + failures.length
    const page = await parts.store.changed(shop, since, limit, signal)
    const unseen = page.filter(({ caseId }) => !seen.has(caseId))
    for (const one of unseen) {
      seen.add(one.caseId)
      await tellCase(parts, shop, one, signal).catch((error) => {
        signal.throwIfAborted()
        failures.push(error)
      })
    }
    isMore = page.length === limit && unseen.length > 0
  }
  if (failures.length > 0) throw failures[0]
}

async function tellCase(
  { store, news, cases, clock, ids, log }: CaseNewsParts,
  shop: ShopId,
  one: ChangedCase,
  signal: AbortSignal,
): Promise<void> {
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

function withoutState<Told extends { state: string }>({ state: _told, ...answer }: Told) {
  return answer
}
