import type { ChunkFeed, FeedChunk } from '#db/knowledge/chunk-feed.port.ts'
import type { Chunk } from '#domain/document.ts'
import type { ChunkId, ShopId } from '#domain/ids.ts'

const BATCH = 500

/** A chunk feed over memory, one log of changes a shop; `put` and `remove` are commits and give the new epoch. */
export function memoryChunkFeed() {
  type Shop = {
    epoch: number
    live: Map<ChunkId, Chunk>
    old: Map<ChunkId, Chunk>
    log: { epoch: number; id: ChunkId }[]
    marks: Map<string, number>
  }
  const shops = new Map<ShopId, Shop>()
  const vectors = new Map<string, Float32Array>()
  let marksLeft = 0

  function opened(shop: ShopId): Shop {
    const known = shops.get(shop) ?? { epoch: 0, live: new Map(), old: new Map(), log: [], marks: new Map() }
    shops.set(shop, known)
    return known
  }
  const withVector = (chunk: Chunk, model: string | null): FeedChunk => ({
    ...chunk,
    vector: model === null ? null : (vectors.get(chunk.contentHash) ?? null),
  })

  const feed: ChunkFeed = {
    shops: async () => [...shops.keys()],
    async load(shop, model) {
      const { epoch, live } = opened(shop)
      const snapshot = [...live.values()].map((chunk) => withVector(chunk, model))
      async function* batches() {
        for (let from = 0; from < snapshot.length; from += BATCH) yield snapshot.slice(from, from + BATCH)
      }
      return { epoch, batches: batches() }
    },
    async since(shop, epoch, model) {
      const known = opened(shop)
      const ids = new Set(known.log.filter((change) => change.epoch > epoch).map(({ id }) => id))
      const upserted = [...ids].flatMap((id) => known.live.get(id) ?? []).map((chunk) => withVector(chunk, model))
      return { epoch: known.epoch, more: false, removed: [...ids].filter((id) => !known.live.has(id)), upserted }
    },
    async leaveMark(shop, epoch) {
      const { marks } = opened(shop)
      const mark = `mark-${++marksLeft}`
      marks.set(mark, epoch)
      return mark
    },
    hasMark: async (shop, mark, epoch) => opened(shop).marks.get(mark) === epoch,
    async byIds(shop, ids) {
      const known = opened(shop)
      const found: (Chunk & { current: boolean })[] = []
      for (const id of ids) {
        const live = known.live.get(id)
        const chunk = live ?? known.old.get(id)
        if (chunk) found.push({ ...chunk, current: live !== undefined })
      }
      return found
    },
  }

  return {
    feed,
    put(shop: ShopId, chunks: Chunk[]): number {
      const known = opened(shop)
      known.epoch += 1
      for (const chunk of chunks) {
        known.live.set(chunk.id, chunk)
        known.log.push({ epoch: known.epoch, id: chunk.id })
      }
      return known.epoch
    },
    remove(shop: ShopId, ids: ChunkId[]): number {
      const known = opened(shop)
      known.epoch += 1
      for (const id of ids) {
        const chunk = known.live.get(id)
        if (chunk) known.old.set(id, chunk)
        known.live.delete(id)
        known.log.push({ epoch: known.epoch, id })
      }
      return known.epoch
    },
    /** Stores a vector for a content; like the real store it changes no epoch. */
    setVector(contentHash: string, vector: Float32Array): void {
      vectors.set(contentHash, vector)
    },
    /** What VectorStore.get does, over the same memory. */
    vectors: {
      get: async (_shop: ShopId, _model: string, hashes: string[]) =>
        new Map(
          hashes.flatMap((hash) => (vectors.has(hash) ? [[hash, vectors.get(hash) as Float32Array] as const] : [])),
        ),
    },
  }
}
