import type { Outbox } from '#db/background/outbox.port.ts'
import type { ChunkFeed } from '#db/knowledge/chunk-feed.port.ts'
import type { ImportStore } from '#db/knowledge/imports.port.ts'
import type { Notifications } from '#db/notifications.port.ts'
import { type ShopId, shopId } from '#domain/ids.ts'
import type { Imports } from '#ingest/imports.port.ts'
import type { VectorBackfill } from '#ingest/vector-backfill.port.ts'
import type { Queue } from '#queue/queue.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import { IMPORT_QUEUE, importJob, requeueImports, tidyImports } from './import-job.ts'
import type { Jobs } from './jobs.port.ts'
import { outboxRelay } from './outbox-relay.ts'
import { pacer } from './pacer.ts'

/** A knock starts the relay at once; without one (the listening connection was away) it looks this often. */
const RELAY_EVERY_MS = 5_000
const HOUSEKEEPING_EVERY_MS = 30_000

export type JobParts = {
  queue: Queue
  outbox: Outbox
  imports: Imports
  importStore: ImportStore
  feed: Pick<ChunkFeed, 'shops'>
  notifications: Pick<Notifications, 'listen'>
  /** Null without an embedder. */
  backfill: VectorBackfill | null
  clock: Clock
  log: Log
}

/** The background work of one process. It owns the queue it is given, and closes it. */
export function backgroundJobs({
  queue,
  outbox,
  imports,
  importStore,
  feed,
  notifications,
  backfill,
  clock,
  log,
}: JobParts): Jobs {
  const relay = outboxRelay(outbox, queue)
  const relaying = pacer(RELAY_EVERY_MS, clock)
  const housekeeping = pacer(HOUSEKEEPING_EVERY_MS, clock)
  /** Shops that knocked; null: look everywhere. */
  let knocked: Set<ShopId> | null = null
  let stopListening: () => void = () => {}

  async function relayAll(signal: AbortSignal): Promise<void> {
    const shops = knocked ?? new Set(await feed.shops(signal))
    knocked = null
    for (const shop of shops) await relay(shop, signal)
  }

  async function keepHouse(signal: AbortSignal): Promise<void> {
    for (const shop of await feed.shops(signal)) {
      await requeueImports(importStore, queue, clock, shop, { all: false }, signal)
      await tidyImports(importStore, clock, shop, signal)
    }
  }

  return {
    async start(signal) {
      queue.worker(IMPORT_QUEUE, importJob(imports, importStore))
      for (const shop of await feed.shops(signal))
        await requeueImports(importStore, queue, clock, shop, { all: true }, signal)
      stopListening = notifications.listen('outbox', (payload) => {
        if (payload !== null && payload !== '') knocked = (knocked ?? new Set<ShopId>()).add(shopId(payload))
        relaying.knock()
      })
      relaying.start(relayAll, (error) => log.warn({ err: error }, 'outbox relay failed'))
      housekeeping.start(keepHouse, (error) => log.warn({ err: error }, 'housekeeping failed'))
      backfill?.start()
    },
    async close(signal) {
      stopListening()
      await Promise.all([relaying.close(), housekeeping.close()])
      await Promise.all([backfill?.close(signal), queue.close(signal)])
    },
  }
}
