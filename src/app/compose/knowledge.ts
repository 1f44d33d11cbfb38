import { join } from 'node:path'
import type { Config } from '#config.ts'
import { postgresLeases } from '#db/background/leases.postgres.ts'
import { postgresOutbox } from '#db/background/outbox.postgres.ts'
import { postgresSandboxWorld } from '#db/commerce/sandbox-world.postgres.ts'
import type { Database } from '#db/database.ts'
import type { EmbeddedConnection } from '#db/embedded/embedded-postgres.port.ts'
import { postgresBoilerplate } from '#db/findings/boilerplate.postgres.ts'
import { postgresChunkFeed } from '#db/knowledge/chunk-feed.postgres.ts'
import { postgresDocuments } from '#db/knowledge/documents.postgres.ts'
import type { ImportStore } from '#db/knowledge/imports.port.ts'
import { postgresImports } from '#db/knowledge/imports.postgres.ts'
import { postgresVectors } from '#db/knowledge/vectors.postgres.ts'
import type { Notifications } from '#db/notifications.port.ts'
import { openQueuePool } from '#db/queue-pool.ts'
import type { ShopId } from '#domain/ids.ts'
import { shopDocuments } from '#ingest/documents.ts'
import { shopImports } from '#ingest/imports.ts'
import { vectorBackfill } from '#ingest/vector-backfill.ts'
import { backgroundJobs } from '#jobs/jobs.ts'
import type { EmbedderState } from '#model/embedder.port.ts'
import { postgresQueue, redisQueue } from '#queue/queue.bullmq.ts'
import { knowledgeIndex } from '#rag/knowledge-index.ts'
import type { Retrieval } from '#rag/retrieval.port.ts'
import { retrieval } from '#rag/retrieval.ts'
import { catalogRetrieval } from '#rag/understand/catalog/catalog-retrieval.ts'
import { fittingFirst } from '#rag/understand/catalog/fitting-first.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import { questionCount } from '../background/asked-lately.ts'
import { backgroundThread } from '../background/background-thread.ts'
import type { Closing } from '../closing.ts'

/** An import that did nothing for so long does not hold up the vectors. */
const STILL_AFTER_MS = 60_000

export type KnowledgeParts = {
  database: Database
  connection: EmbeddedConnection
  notifications: Notifications
  embedder: EmbedderState
  config: Config
  clock: Clock
  ids: Ids
  log: Log
  closing: Closing
}

/** The shop's content: stored, indexed in this process, searched, imported in the background. */
export async function composeKnowledge(
  { database, connection, config, notifications, embedder, clock, ids, log, closing }: KnowledgeParts,
  _signal: AbortSignal,
) {
  const model = embedder.state === 'ready' ? embedder.embedder : null
  const store = postgresDocuments(database, clock)
  const vectors = postgresVectors(database)
  const feed = postgresChunkFeed(database)
  const importStore = postgresImports(database, clock)
  const importing = (shop: ShopId, signal: AbortSignal) => importsMoving(importStore, clock, shop, signal)
  const index = await knowledgeIndex({
    feed,
    vectors,
    notifications,
    model: model?.model ?? null,
    snapshotFolder: join(config.PURSER_DATA, 'index'),
    clock,
    log,
  })
  closing.add('index', (signal) => index.close(signal))
  const backfill = model
    ? vectorBackfill({
        feed,
        vectors,
        embedder: model,
        notifications,
        leases: postgresLeases(database, clock),
        importing,
        clock,
        ids,
        log,
      })
    : null
  const questions = questionCount()
  const setup = { connection, logLevel: config.PURSER_LOG_LEVEL, questions: questions.shared }
  const background = backgroundThread(setup, clock, log)
  closing.add('background thread', (signal) => background.close(signal))
  const imports = shopImports({
    store: importStore,
    documents: store,
    boilerplate: postgresBoilerplate(database),
    index,
    clock,
    ids,
    log,
    runner: background.imports,
  })
  const queue = config.REDIS_URL ? redisQueue(config.REDIS_URL, clock, log) : inDatabase()
  function inDatabase() {
    const pool = openQueuePool(connection, log)
    closing.add('queue connections', () => pool.end())
    return postgresQueue(pool, clock, log)
  }
  const jobs = backgroundJobs({
    queue,
    outbox: postgresOutbox(database),
    imports,
    importStore,
    feed,
    notifications,
    backfill,
    clock,
    log,
  })
  const found = retrieval({ shopIndex: index.shopIndex, embedder: model, clock })
  const passages: Retrieval = {
    search(query, signal) {
      questions.note()
      return found.search(query, signal)
    },
  }
  return {
    store,
    vectors,
    model: model?.model ?? null,
    imports,
    world: postgresSandboxWorld(database),
    index,
    documents: shopDocuments(store, index),
    passages: fittingFirst(passages, index.shopIndex),
    retrieval: catalogRetrieval(passages, index.shopIndex),
    jobs,
    queue,
    backfill,
    background,
    busy: async (shop: ShopId, signal: AbortSignal) =>
      (await importing(shop, signal)) || (await backfill?.behind(shop, signal)) === true,
    workers: () => queue.working(),
  }
}

/** Whether an import of the shop has got on within the last minute; one that lost its worker holds nothing up. */
async function importsMoving(
  store: Pick<ImportStore, 'running'>,
  clock: Clock,
  shop: ShopId,
  signal: AbortSignal,
): Promise<boolean> {
  const now = clock.now()
  const all = await store.running(shop, now, signal)
  if (all.length === 0) return false
  const still = await store.running(shop, new Date(now.getTime() - STILL_AFTER_MS), signal)
  return all.length > still.length
}
