import type { ChunkFeed, FeedChunk } from '#db/knowledge/chunk-feed.port.ts'
import { shopId } from '#domain/ids.ts'
import { type Seeded, seeded } from '../../demo/generator/seeded.ts'
import { type CatalogOptions, catalogDocuments, catalogRows, changedDocuments } from '../catalog/catalog.ts'
import { judgedQueries } from '../catalog/judged-queries.ts'
import { realListings } from '../catalog/listings.ts'
import { passagesOf } from '../passages.ts'

export const SHOP = shopId('bench')
const SEED = 'larkhaven'
const BATCH = 500
const CENTRES = 1000
const ASKED_AMONG = 5000

/** A shop of `size` invented products, read as an index reads its database; nothing of it is kept in memory. */
export function inventedShop(size: number, dimensions: number) {
  const options: CatalogOptions = { seed: SEED, size, listings: realListings() }
  const vectorOf = inventedVectors(dimensions)
  let epoch = 1
  let changed: FeedChunk[] = []
  const marks = new Set<string>()

  function* chunks(
    documents: Iterable<Parameters<typeof passagesOf>[0][number]>,
    withVectors: boolean,
  ): Generator<FeedChunk> {
    for (const document of documents)
      for (const chunk of passagesOf([document]))
        yield { ...chunk, vector: withVectors ? vectorOf(chunk.contentHash) : null }
  }

  const feed: ChunkFeed = {
    shops: async () => [SHOP],
    async load() {
      async function* batches() {
        let batch: FeedChunk[] = []
        for (const chunk of chunks(catalogDocuments(options, 0), true)) {
          if (batch.push(chunk) < BATCH) continue
          yield batch
          batch = []
        }
        yield batch
      }
      return { epoch, batches: batches() }
    },
    async since(_shop, after) {
      return { epoch, removed: [], upserted: after < epoch ? changed : [] }
    },
    byIds: async () => [],
    async leaveMark() {
      marks.add('bench')
      return 'bench'
    },
    hasMark: async () => true,
  }

  return {
    feed,
    vectors: { get: async () => new Map<string, Float32Array>() },
    /** A commit that changes 1 % of the products. */
    change(): void {
      changed = [...chunks(changedDocuments(options), false)]
      epoch += 1
    },
    texts: () =>
      judgedQueries(() => catalogRows(options), SEED, Math.min(ASKED_AMONG, size), 40).map(({ text }) => text),
  }
}

/** Clusters of vectors, as similar products make them; a thousand centres stand for what the model would give. */
function inventedVectors(dimensions: number): (contentHash: string) => Float32Array {
  const one = (chance: Seeded) => Float32Array.from({ length: dimensions }, () => chance.next() - 0.5)
  const centres = Array.from({ length: CENTRES }, (_, place) => unit(one(seeded(`centre ${place}`))))
  return (contentHash) => {
    const chance = seeded(contentHash)
    const centre = chance.pick(centres)
    return unit(centre.map((value) => value + (chance.next() - 0.5) * 0.06))
  }
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector)
  return vector.map((value) => value / length)
}
