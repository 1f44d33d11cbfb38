import type { Shops } from '#db/access/shops.port.ts'
import type { ShopSources } from '#ingest/sync/shop-sources.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { Jobs } from './jobs.port.ts'
import { pacer } from './pacer.ts'

/** How late a look at a source may come. */
const LOOK_EVERY_MS = 2_000

export type SourceJobParts = {
  sources: Pick<ShopSources, 'syncDue'>
  shops: Pick<Shops, 'list'>
  clock: Clock
  log: Log
}

/**
 * Looks at synced sources when their time has come. What is due stands in the database, so no look is lost with a process, and
 * several processes share them. What changed is handed to the job queue as an import.
 */
export function sourceJobs({ sources, shops, clock, log }: SourceJobParts): Jobs {
  const looking = pacer(LOOK_EVERY_MS, clock)
  return {
    async start() {
      looking.start(
        async (signal) => {
          for (const { id } of await shops.list(signal)) await sources.syncDue(id, signal)
        },
        (error) => log.warn({ problem: String(error) }, 'sources could not be looked at'),
      )
    },
    close: () => looking.close(),
  }
}
