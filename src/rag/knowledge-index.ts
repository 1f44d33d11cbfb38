import type { ChunkFeed, FeedChunk } from '#db/knowledge/chunk-feed.port.ts'
import type { VectorStore } from '#db/knowledge/vectors.port.ts'
import type { Notifications } from '#db/notifications.port.ts'
import { type ShopId, shopId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import { encodePassage } from './encoder/passage-encoder.ts'
import { vocabulary } from './encoder/vocabulary.ts'
import { type NeighbourGraph, usearchGraph } from './index/vectors/neighbours.usearch.ts'
import { inProcessIndex } from './index/search-index.in-process.ts'
import type { IndexedPassage } from './index/search-index.port.ts'
import { singleFlight } from './knowledge-index-single-flight.ts'
import type { KnowledgeIndex } from './retrieval.port.ts'
import type { ShopIndex } from './retrieval.ts'
import { type CatalogSlots, catalogSlots } from './understand/catalog/catalog-slots.ts'
import { slottedIndex } from './understand/catalog/slotted-index.ts'

/** Content hashes asked of the vector store at a time. */
const VECTOR_PAGE = 1000
/** Passages encoded between two looks at what else there is to do: some milliseconds. */
const HELPING = 50
/** So many passages without a vector are all looked up on every knock. */
const FEW_MISSING = 20_000
/** After a failed synchronisation the next try waits this long; a knock in between tries at once. */
const RETRY_MS = 2000

export type KnowledgeIndexParts = {
  feed: ChunkFeed
  vectors: Pick<VectorStore, 'get'>
  /** Null: nothing knocks, and only `caughtUp` brings changes in. */
  notifications: Notifications | null
  /** Name of the embedder's model; null without one. */
  model: string | null
  clock: Clock
  log: Log
}

type Shop = ShopIndex & {
  slots: CatalogSlots
  epoch: number
  sync(signal: AbortSignal): Promise<void>
  syncVectors(signal: AbortSignal): Promise<void>
}

/** The index as this room sees it. */
export type ShopIndexes = KnowledgeIndex & {
  shopIndex(shop: ShopId): (ShopIndex & { slots: CatalogSlots }) | undefined
  /** Resolves once every vector stored before the call is searched by. */
  vectorsArrived(shop: ShopId, signal: AbortSignal): Promise<void>
}

/** Keeps one in-process index a shop in step with the chunk feed. */
export async function knowledgeIndex(parts: KnowledgeIndexParts): Promise<ShopIndexes> {
  const { notifications, log } = parts
  const graph = await usearchGraph(log)
  const shops = new Map<ShopId, Promise<Shop>>()
  const ready = new Map<ShopId, Shop>()
  const stopped = new AbortController()
  const stops: (() => void)[] = []

  /** A shop first heard of is built now; a failed build is forgotten, so that the next knock tries again. */
  function opened(shop: ShopId): Promise<Shop> {
    let opening = shops.get(shop)
    if (!opening) {
      opening = buildShop(shop, parts, graph, stopped.signal).then((built) => {
        ready.set(shop, built)
        return built
      })
      shops.set(shop, opening)
      opening.catch(() => shops.delete(shop))
    }
    return opening
  }

  /** Follows a knock until it worked: until then the tables know more than the index. */
  async function follow(shop: ShopId, what: 'sync' | 'syncVectors'): Promise<void> {
    for (;;) {
      try {
        return await (await opened(shop))[what](stopped.signal)
      } catch (error) {
        if (stopped.signal.aborted) return
        log.warn({ err: error, shop, what }, 'knowledge index fell behind')
        await parts.clock.sleep(RETRY_MS, stopped.signal).catch(() => {})
      }
    }
  }

  function knocked(payload: string | null, what: 'sync' | 'syncVectors'): void {
    // After a reconnection nobody knows which knocks were missed.
    const named = payload === null ? [...shops.keys()] : [shopId(payload)]
    for (const shop of named) void follow(shop, what)
    if (payload === null) void discover()
  }

  async function discover(): Promise<void> {
    const all = await parts.feed.shops(stopped.signal).catch(() => [])
    for (const shop of all) if (!shops.has(shop)) void follow(shop, 'sync')
  }

  return {
    shopIndex: (shop) => ready.get(shop),
    async start(signal) {
      // Listening first: what is committed while an index is built knocks, and is read after it.
      if (notifications) {
        stops.push(notifications.listen('knowledge', (payload) => knocked(payload, 'sync')))
        if (parts.model) stops.push(notifications.listen('vectors', (payload) => knocked(payload, 'syncVectors')))
      }
      for (const shop of await parts.feed.shops(signal)) {
        signal.throwIfAborted()
        await opened(shop)
      }
    },
    async caughtUp(shop, signal) {
      signal.throwIfAborted()
      await (await opened(shop)).sync(signal)
    },
    async vectorsArrived(shop, signal) {
      signal.throwIfAborted()
      await (await opened(shop)).syncVectors(signal)
    },
    state(shop) {
      const known = ready.get(shop)
      return known
        ? { ...known.index.size(), epoch: known.epoch }
        : { chunks: 0, vectors: 0, waiting: 0, epoch: 0, dense: 'off' }
    },
    async close(signal) {
      for (const stop of stops) stop()
      stopped.abort(new Error('the knowledge index was closed'))
      for (const { index } of ready.values()) await index.close(signal)
    },
  }
}

async function buildShop(
  shop: ShopId,
  { feed, vectors, model, clock, log }: KnowledgeIndexParts,
  graph: NeighbourGraph | null,
  signal: AbortSignal,
): Promise<Shop> {
  const began = clock.elapsed()
  const words = vocabulary()
  const slots = catalogSlots()
  const index = slottedIndex(inProcessIndex({ vocabulary: words, graph }), slots)
  const indexed = (chunk: FeedChunk): IndexedPassage => {
    const { vector, ...rest } = chunk
    return { chunk: rest, encoded: encodePassage(rest, words), vector }
  }
  const loaded = await feed.load(shop, model, signal)
  for await (const batch of loaded.batches) await take(batch)

  /** In small helpings: encoding a catalog at once would hold up every question for seconds. */
  async function take(chunks: FeedChunk[]): Promise<void> {
    for (let from = 0; from < chunks.length; from += HELPING) {
      await index.apply({ removed: [], upserted: chunks.slice(from, from + HELPING).map(indexed) }, signal)
      await new Promise<void>((resolve) => setImmediate(resolve))
      signal.throwIfAborted()
    }
  }

  const built: Shop = {
    vocabulary: words,
    index,
    slots,
    epoch: loaded.epoch,
    sync: singleFlight(async () => {
      const change = await feed.since(shop, built.epoch, model, signal)
      if (change.epoch === built.epoch) return
      // What is gone goes first: a question in between may miss the new text, never meet the old.
      await index.apply({ removed: change.removed, upserted: [] }, signal)
      // By id, which is by time of making: the order in which vectors are made, and in which a rebuilt index has them.
      await take(change.upserted.sort((one, two) => (one.id < two.id ? -1 : 1)))
      built.epoch = change.epoch
    }),
    syncVectors: singleFlight(async () => {
      if (!model) return
      let missing = 0
      for (let some = false; ; ) {
        const hashes = index.withoutVector(VECTOR_PAGE, missing)
        if (hashes.length === 0) return
        const found = await vectors.get(shop, model, hashes, signal)
        await index.setVectors(
          [...found].map(([contentHash, vector]) => ({ contentHash, vector })),
          signal,
        )
        missing += hashes.length - found.size
        // Vectors are made about in the order passages came: behind an empty page there is little, and later knocks find it.
        const { chunks, vectors: there } = index.size()
        if (some && found.size === 0 && chunks - there > FEW_MISSING) return
        some ||= found.size > 0
      }
    }),
  }
  log.info(
    { shop, ...index.size(), epoch: built.epoch, ms: Math.round(clock.elapsed() - began) },
    'knowledge index built',
  )
  return built
}
