import type { ShopId } from '#domain/ids.ts'

/** Dense vectors by content hash and model: made once, shared by every chunk with that content. Stored as int8 scaled by the row's largest value. */
export type VectorStore = {
  /** Contents of live chunks without a vector of `model`, oldest change first. `text` is what is to be encoded. */
  missing(
    shop: ShopId,
    model: string,
    limit: number,
    signal: AbortSignal,
  ): Promise<{ contentHash: string; text: string }[]>
  /** Stores them (a hash that has one keeps it) and knocks on `vectors`. */
  put(
    shop: ShopId,
    model: string,
    vectors: { contentHash: string; vector: Float32Array }[],
    signal: AbortSignal,
  ): Promise<void>
  get(shop: ShopId, model: string, contentHashes: string[], signal: AbortSignal): Promise<Map<string, Float32Array>>
  progress(shop: ShopId, model: string, signal: AbortSignal): Promise<{ done: number; total: number }>
}
