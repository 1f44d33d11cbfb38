import type { ChunkFeed } from '#db/knowledge/chunk-feed.port.ts'
import type { VectorStore } from '#db/knowledge/vectors.port.ts'
import type { Notifications } from '#db/notifications.port.ts'
import { type ShopId, shopId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import { usearchGraph } from './index/vectors/neighbours.usearch.ts'
import { type FollowedShop, followShop } from './knowledge-index-shop.ts'
import { snapshotKeeper } from './knowledge-index-snapshots.ts'
import type { KnowledgeIndex } from './retrieval.port.ts'
import type { ShopIndex } from './retrieval.ts'
import { snapshots } from './snapshot/snapshots.ts'
import type { CatalogSlots } from './understand/catalog/catalog-slots.ts'

/** After a failed synchronisation the next try waits this long; a knock in between tries at once. */
const RETRY_MS = 2000

export type KnowledgeIndexParts = {
  feed: ChunkFeed
  vectors: Pick<VectorStore, 'get'>
  /** Null: nothing knocks, and only `caughtUp` brings changes in. */
  notifications: Notifications | null
  /** Name of the embedder's model; null without one. */
  model: string | null
  /** Where copies of the indexes are kept for the next start; null or left out: nowhere. */
  snapshotFolder?: string | null
  clock: Clock
  log: Log
}

/** The index as this room sees it. */
export type ShopIndexes = KnowledgeIndex & {
  shopIndex(shop: ShopId): (ShopIndex & { slots: CatalogSlots }) | undefined
  /** Resolves once every vector stored before the call is searched by. */
  vectorsArrived(shop: ShopId, signal: AbortSignal): Promise<void>
}

/** Keeps one in-process index a shop in step with the chunk feed. */
export async function knowledgeIndex(parts: KnowledgeIndexParts): Promise<ShopIndexes> {
  const { notifications, feed, clock, log, snapshotFolder: folder } = parts
  const graph = await usearchGraph(log)
  const shops = new Map<ShopId, Promise<FollowedShop>>()
  const ready = new Map<ShopId, FollowedShop>()
  const stopped = new AbortController()
  const saved = folder ? await snapshots({ folder, feed, graph, clock, log }, stopped.signal) : null
  const keeper = saved && snapshotKeeper(ready, { ...parts, snapshots: saved })
  let keeping: Promise<void> | undefined
  const stops: (() => void)[] = []

  /** A shop first heard of is built now; a failed build is forgotten, so that the next knock tries again. */
  function opened(shop: ShopId): Promise<FollowedShop> {
    let opening = shops.get(shop)
    if (!opening) {
      opening = followShop(shop, { ...parts, graph, snapshots: saved }, stopped.signal).then((built) => {
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
      // A start that is given up shall not first build the index of a large shop.
      const giveUp = () => stopped.abort(signal.reason)
      signal.addEventListener('abort', giveUp, { once: true })
      try {
        for (const shop of await parts.feed.shops(signal)) {
          signal.throwIfAborted()
          await opened(shop)
        }
      } finally {
        signal.removeEventListener('abort', giveUp)
      }
      keeping ??= keeper?.run(stopped.signal)
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
      await keeping
      for (const { index } of ready.values()) await index.close(signal)
      await keeper?.atStop(signal)
    },
  }
}
