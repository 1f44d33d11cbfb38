import type { Chunk } from '#domain/document.ts'
import type { ChunkId, ShopId } from '#domain/ids.ts'

/** A live passage as an index needs it, with its stored vector when there is one. */
export type FeedChunk = Chunk & { vector: Float32Array | null }
export type ChunkChange = { removed: ChunkId[]; upserted: FeedChunk[] }

/** What indexes are built from and kept current by. Epochs count a shop's committed changes, gapless, in commit order. */
export type ChunkFeed = {
  shops(signal: AbortSignal): Promise<ShopId[]>
  /** All live chunks at one epoch, in batches, in one snapshot. */
  load(
    shop: ShopId,
    model: string | null,
    signal: AbortSignal,
  ): Promise<{ epoch: number; batches: AsyncIterable<FeedChunk[]> }>
  /**
   * What changed after `epoch`, folded, up to the `epoch` it gives: some thousand passages at most, give or take a commit. With
   * `more`, ask again from there; what changed twice comes with its later change alone.
   */
  since(
    shop: ShopId,
    epoch: number,
    model: string | null,
    signal: AbortSignal,
  ): Promise<{ epoch: number; more?: boolean } & ChunkChange>
  /**
   * Leaves a mark in the shop's history, behind everything up to `epoch`: whoever keeps a copy of that state can tell later
   * whether it is a copy of this database. The latest sixteen of a shop are kept.
   */
  leaveMark(shop: ShopId, epoch: number, signal: AbortSignal): Promise<string>
  /** Whether that mark was left at that epoch in this database's own history; not in one wiped, restored from before, or another. */
  hasMark(shop: ShopId, mark: string, epoch: number, signal: AbortSignal): Promise<boolean>
  /** Old versions of chunks by id, current or not: what an earlier answer cited. */
  byIds(shop: ShopId, ids: ChunkId[], signal: AbortSignal): Promise<(Chunk & { current: boolean })[]>
}
