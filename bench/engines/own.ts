import type { ChunkFeed, FeedChunk } from '#db/knowledge/chunk-feed.port.ts'
import type { Chunk } from '#domain/document.ts'
import { shopId } from '#domain/ids.ts'
import { retrieval } from '#rag/retrieval.ts'
import { fittingFirst } from '#rag/understand/catalog/fitting-first.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { systemClock } from '#telemetry/clock.ts'
import { jsonLog } from '#telemetry/log.ts'
import { indexOf } from '../memory-index.ts'
import { passagesOf } from '../passages.ts'
import { DEPTH, type Engine, type EngineSetup, type WithVector } from './engine.ts'

const SHOP = shopId('bench')
const BATCH = 500
const LOOK_MS = 50

/** The product's own index and retrieval, fed row by row: cutting documents into passages counts as building. */
export async function ownEngine({ catalog, embedder, signal }: EngineSetup): Promise<Engine> {
  const clock = systemClock()
  /** Waits for every question's vector. */
  const patient: Clock = { ...clock, deadline: (_ms, given) => given }
  const feed = catalogFeed(catalog)
  const memory = { feed: feed.feed, vectors: { get: async () => new Map<string, Float32Array>() } }
  let index: Awaited<ReturnType<typeof indexOf>> | null = null
  const opened = () => {
    if (!index) throw new Error('not built yet')
    return index
  }
  const retrieve = (text: string) => {
    const { shopIndex } = opened()
    const { search } = fittingFirst(retrieval({ shopIndex, embedder, clock: patient }), shopIndex)
    return search({ shop: SHOP, text, audience: {}, limit: DEPTH, at: clock.now() }, signal)
  }
  return {
    async build() {
      index = await indexOf(memory, embedder.model, jsonLog('error'), signal)
    },
    async update(changed) {
      feed.change(changed)
      await opened().caughtUp(SHOP, signal)
    },
    async settled() {
      while (opened().state(SHOP).waiting > 0) await clock.sleep(LOOK_MS, signal)
    },
    async search(text) {
      const { passages } = await retrieve(text)
      return passages.map(({ chunk }) => chunk.documentId)
    },
    async close() {
      await index?.close(signal)
    },
  }
}

/** What the index reads instead of the database: nothing of the catalog is kept but what has changed. */
function catalogFeed(catalog: () => Iterable<WithVector>) {
  let epoch = 1
  let latest: { removed: Chunk['id'][]; upserted: FeedChunk[] } = { removed: [], upserted: [] }
  const chunksOf = ({ document, vector }: WithVector): FeedChunk[] =>
    passagesOf([document]).map((chunk) => ({ ...chunk, vector }))
  const feed = {
    shops: async () => [SHOP],
    async load() {
      async function* batches() {
        let batch: FeedChunk[] = []
        for (const one of catalog()) {
          batch.push(...chunksOf(one))
          if (batch.length < BATCH) continue
          yield batch
          batch = []
        }
        yield batch
      }
      return { epoch, batches: batches() }
    },
    since: async () => ({ epoch, ...latest }),
    byIds: async () => [],
    leaveMark: async () => '',
    hasMark: async () => false,
  } satisfies ChunkFeed
  return {
    feed,
    change(changed: WithVector[]): void {
      epoch += 1
      // Ids of passages are made of place here, so that the new ones replace the old.
      latest = { removed: [], upserted: changed.flatMap(chunksOf) }
    },
  }
}
