import type { Shops } from '#db/access/shops.port.ts'
import type { Notifications } from '#db/notifications.port.ts'
import type { ShopSources } from '#ingest/sync/shop-sources.port.ts'
import type { Queue } from '#queue/queue.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { Jobs } from './jobs.port.ts'
import { pacer } from './pacer.ts'

export const SOURCES_QUEUE = 'sources'
/** How late a look at a source may come; one that is added or hastened is looked at without waiting for it. */
const LOOK_EVERY_MS = 10_000
/** A queue that has forgotten its pace (it was emptied, or away at the start) is told again. */
const ASK_EVERY_MS = 60_000

export type SourceJobParts = {
  sources: Pick<ShopSources, 'syncDue'>
  queue: Pick<Queue, 'add' | 'every' | 'worker'>
  notifications: Pick<Notifications, 'listen'>
  shops: Pick<Shops, 'list'>
  clock: Clock
  log: Log
}

/**
 * Looks at synced sources when their time has come: a recurring job of the queue, which one of all processes takes. What is due
 * stands in the database and each look is under its lease, so a job that is lost, late or run twice does no harm. What changed is
 * handed to the queue as an import.
 */
export function sourceJobs({ sources, queue, notifications, shops, clock, log }: SourceJobParts): Jobs {
  const asking = pacer(ASK_EVERY_MS, clock)
  const closing = new AbortController()
  let stopListening: () => void = () => {}

  async function lookAll(signal: AbortSignal): Promise<void> {
    const failures: unknown[] = []
    for (const { id } of await shops.list(signal)) {
      try {
        await sources.syncDue(id, signal)
      } catch (error) {
        signal.throwIfAborted()
        failures.push(error)
      }
    }
    if (failures.length > 0) throw failures[0]
  }

  function lookNow(payload: string | null): void {
    // Every process hears of it; by its name the job is one.
    const jobId = `now_${(payload ?? String(clock.now().getTime())).replace(/[^\w-]/g, '_')}`
    queue
      .add(SOURCES_QUEUE, {}, { jobId }, closing.signal)
      .catch((error) => log.warn({ problem: String(error) }, 'source is looked at later'))
  }

  return {
    async start() {
      queue.worker(SOURCES_QUEUE, (_job, signal) => lookAll(signal))
      stopListening = notifications.listen('sources', lookNow)
      asking.start(
        (signal) => queue.every(SOURCES_QUEUE, 'look', LOOK_EVERY_MS, {}, signal),
        (error) => log.warn({ problem: String(error) }, 'sources could not be scheduled'),
      )
    },
    async close() {
      stopListening()
      closing.abort(new Error('the background work was closed'))
      await asking.close()
    },
  }
}
