import type { Config } from '#config.ts'
import type { Shops } from '#db/access/shops.port.ts'
import { postgresLeases } from '#db/background/leases.postgres.ts'
import type { Database } from '#db/database.ts'
import type { Notifications } from '#db/notifications.port.ts'
import { postgresSyncedSources } from '#db/sources/synced-sources.postgres.ts'
import type { Imports } from '#ingest/imports.port.ts'
import { localFiles } from '#ingest/sync/local-files.ts'
import { remoteFiles } from '#ingest/sync/remote-files.ts'
import type { ShopSources } from '#ingest/sync/shop-sources.port.ts'
import { shopSources } from '#ingest/sync/shop-sources.ts'
import { sourceFiles } from '#ingest/sync/source-files.ts'
import { sourceJobs } from '#jobs/source-jobs.ts'
import type { Queue } from '#queue/queue.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { Closing } from '../closing.ts'

export type SourceParts = {
  database: Database
  imports: Imports
  shops: Shops
  queue: Queue
  notifications: Notifications
  config: Config
  clock: Clock
  ids: Ids
  log: Log
  closing: Closing
}

/** Files and folders elsewhere, kept in sync from here on. */
export async function startSources(parts: SourceParts, signal: AbortSignal): Promise<ShopSources> {
  const { database, config, clock, closing } = parts
  const files = sourceFiles(
    localFiles(config.PURSER_SOURCE_FOLDERS),
    remoteFiles({ allowPrivate: config.PURSER_SOURCE_PRIVATE }),
  )
  const leases = postgresLeases(database, clock)
  const sources = shopSources({ ...parts, files, leases, store: postgresSyncedSources(database) })
  const jobs = sourceJobs({ ...parts, sources })
  await jobs.start(signal)
  closing.add('sources', (hurry) => jobs.close(hurry))
  return sources
}
