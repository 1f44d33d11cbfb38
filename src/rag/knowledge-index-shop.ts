import type { ChunkFeed, FeedChunk } from '#db/knowledge/chunk-feed.port.ts'
import type { VectorStore } from '#db/knowledge/vectors.port.ts'
import type { ShopId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import { encodePassage } from './encoder/passage-encoder.ts'
import { vocabulary } from './encoder/vocabulary.ts'
import { pausing } from './index/pausing.ts'
import { type InProcessIndex, inProcessIndex } from './index/search-index.in-process.ts'
import type { IndexedPassage } from './index/search-index.port.ts'
import type { NeighbourGraph } from './index/vectors/neighbours.usearch.ts'
import { singleFlight } from './knowledge-index-single-flight.ts'
import type { ShopIndex } from './retrieval.ts'
import type { Snapshots, Snapshotted } from './snapshot/snapshots.ts'
import { type CatalogSlots, catalogSlots } from './understand/catalog/catalog-slots.ts'
import { slottedIndex } from './understand/catalog/slotted-index.ts'

/** Content hashes asked of the vector store at a time. */
const VECTOR_PAGE = 1000
/** Passages encoded between two looks at what else there is to do: at most so many, and so long; storing them takes as long again. */
const HELPING = 50
const HELPING_MS = 2
/** Passages of a snapshot whose listings are read between two such looks: about a millisecond. */
const LISTING_HELPING = 20
/** Listings of so many passages are read before the start is over: a fraction of a second. */
const FEW_LISTINGS = 2000
/** So many passages without a vector are all looked up on every knock: a few milliseconds a thousand, some knocks a second. */
const FEW_MISSING = 3_000

export type ShopParts = {
  feed: ChunkFeed
  vectors: Pick<VectorStore, 'get'>
  model: string | null
  graph: NeighbourGraph | null
  snapshots: Snapshots | null
  clock: Clock
  log: Log
}

/** One shop's index and how it is kept in step. */
export type FollowedShop = ShopIndex & {
  /** Empty until every listing was read, some seconds after a start from a snapshot: half a catalog would answer wrongly. */
  readonly slots: CatalogSlots
  epoch: number
  /** Passages and vectors that came or went since the state that was last saved. */
  unsaved: number
  sync(signal: AbortSignal): Promise<void>
  syncVectors(signal: AbortSignal): Promise<void>
  snapshot(): Snapshotted
}

/** A shop's index as the database has it now: from its snapshot and what came after, else from all passages. `signal` ends it for good. */
export async function followShop(shop: ShopId, parts: ShopParts, signal: AbortSignal): Promise<FollowedShop> {
  const { feed, vectors, model, graph, snapshots, clock, log } = parts
  const began = clock.elapsed()
  const pause = pausing(signal)
  const restored = (await snapshots?.restore(shop, model, signal)) ?? null
  const words = restored?.vocabulary ?? vocabulary()
  const stored: InProcessIndex = inProcessIndex({
    vocabulary: words,
    graph,
    ...(restored ? { from: restored.stored } : {}),
  })
  const listings = catalogSlots()
  const index = slottedIndex(stored, listings)
  let slots = restored ? catalogSlots() : listings
  const indexed = ({ vector, ...chunk }: FeedChunk): IndexedPassage => ({
    chunk,
    encoded: encodePassage(chunk, words),
    vector,
  })

  /** In small helpings: encoding a catalog at once would hold up every question for seconds. */
  async function take(chunks: FeedChunk[]): Promise<void> {
    for (let from = 0; from < chunks.length; ) {
      const began = clock.elapsed()
      const helping: IndexedPassage[] = []
      while (from < chunks.length && helping.length < HELPING && clock.elapsed() - began < HELPING_MS)
        helping.push(indexed(chunks[from++] as FeedChunk))
      await index.apply({ removed: [], upserted: helping }, signal)
      await pause()
    }
    followed.unsaved += chunks.length
  }

  const followed: FollowedShop = {
    vocabulary: words,
    index,
    get slots() {
      return slots
    },
    epoch: restored?.epoch ?? 0,
    // The graph of neighbours of what waits is not in the snapshot; it is made once more at each start until it is.
    unsaved: restored ? stored.size().waiting : 0,
    snapshot: () => ({ index: stored, vocabulary: words, epoch: followed.epoch }),
    sync: singleFlight(async () => {
      for (let more = true; more; ) {
        const change = await feed.since(shop, followed.epoch, model, signal)
        if (change.epoch === followed.epoch) return
        more = change.more === true
        // What is gone goes first: a question in between may miss the new text, never meet the old.
        await index.apply({ removed: change.removed, upserted: [] }, signal)
        followed.unsaved += change.removed.length
        // By id, which is by time of making: the order in which vectors are made, and in which a rebuilt index has them.
        await take(change.upserted.sort((one, two) => (one.id < two.id ? -1 : 1)))
        followed.epoch = change.epoch
      }
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
        followed.unsaved += found.size
        missing += hashes.length - found.size
        // Vectors are made about in the order passages came: behind an empty page there is little, and later knocks find it.
        const { chunks, vectors: there } = index.size()
        if (some && found.size === 0 && chunks - there > FEW_MISSING) return
        some ||= found.size > 0
      }
    }),
  }

  if (restored) await catchUp()
  else await load()
  const from = restored ? 'snapshot' : 'database'
  log.info(
    { shop, ...index.size(), epoch: followed.epoch, from, ms: Math.round(clock.elapsed() - began) },
    'knowledge index built',
  )
  return followed

  async function load(): Promise<void> {
    const loaded = await feed.load(shop, model, signal)
    for await (const batch of loaded.batches) await take(batch)
    followed.epoch = loaded.epoch
  }

  async function catchUp(): Promise<void> {
    await followed.sync(signal)
    await followed.syncVectors(signal)
    const reading = readListings()
    if (index.size().chunks <= FEW_LISTINGS) await reading
    else reading.catch((error) => signal.aborted || log.error({ err: error, shop }, 'listings could not be read'))
  }

  async function readListings(): Promise<void> {
    const began = clock.elapsed()
    let read = 0
    for (const { chunk, keys } of stored.passages()) {
      listings.put(chunk, keys)
      if (++read % LISTING_HELPING > 0) continue
      await pause()
    }
    slots = listings
    log.info({ shop, listings: listings.size(), ms: Math.round(clock.elapsed() - began) }, 'listings read')
  }
}
