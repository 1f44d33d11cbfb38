import type { Shops } from '#db/access/shops.port.ts'
import type { Notifications } from '#db/notifications.port.ts'
import { type ShopId, shopId } from '#domain/ids.ts'
import type { Events } from '#ingest/events/events.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { Jobs } from './jobs.port.ts'
import { pacer } from './pacer.ts'

/** A knock starts the work at once; without one, and for events that failed for now, it looks this often. */
const LOOK_EVERY_MS = 5_000
const TIDY_EVERY_MS = 3_600_000

export type EventJobParts = {
  events: Pick<Events, 'settle' | 'tidy'>
  shops: Pick<Shops, 'list'>
  notifications: Pick<Notifications, 'listen'>
  clock: Clock
  log: Log
}

/**
 * Applies events as soon as they are in the inbox, at a start also what an earlier process left. What is to do stands in the
 * inbox alone, so nothing is lost with a process or a missed knock, and several processes share the work.
 */
export function eventJobs({ events, shops, notifications, clock, log }: EventJobParts): Jobs {
  const applying = pacer(LOOK_EVERY_MS, clock)
  const tidying = pacer(TIDY_EVERY_MS, clock)
  const knocked = new Set<ShopId>()
  /** When all shops are to be looked at, in `elapsed` time: busy ones must not keep the others from their turn. */
  let allDue = 0
  let stopListening: () => void = () => {}

  async function applyAll(signal: AbortSignal): Promise<void> {
    const all = knocked.size === 0 || clock.elapsed() >= allDue
    const some = all ? (await shops.list(signal)).map(({ id }) => id) : [...knocked]
    knocked.clear()
    if (all) allDue = clock.elapsed() + LOOK_EVERY_MS
    const failures: unknown[] = []
    for (const shop of some) {
      try {
        const settled = await events.settle(shop, signal)
        if (settled > 0) log.info({ shop, settled }, 'events applied')
      } catch (error) {
        signal.throwIfAborted()
        failures.push(error)
      }
    }
    if (failures.length > 0) throw failures[0]
  }

  async function tidyAll(signal: AbortSignal): Promise<void> {
    for (const { id, retentionDays } of await shops.list(signal)) {
      const forgotten = await events.tidy(id, retentionDays, signal)
      if (forgotten > 0) log.info({ shop: id, forgotten }, 'events kept no longer')
    }
  }

  return {
    async start() {
      stopListening = notifications.listen('inbox', (payload) => {
        if (payload !== null && payload !== '') knocked.add(shopId(payload))
        // Knocks may have been missed.
        else allDue = 0
        applying.knock()
      })
      applying.start(applyAll, (error) => log.warn({ problem: String(error) }, 'events could not be applied'))
      tidying.start(tidyAll, (error) => log.warn({ problem: String(error) }, 'events could not be tidied'))
    },
    async close() {
      stopListening()
      await Promise.all([applying.close(), tidying.close()])
    },
  }
}
