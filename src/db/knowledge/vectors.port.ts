import type { ShopId } from '#domain/ids.ts'

/** Where a content stands in the order of changes. */
export type ContentPlace = { epoch: number; chunk: string }

/** Dense vectors by content hash and model: made once, shared by every chunk with that content. Stored as int8 scaled by the row's largest value. */
export type VectorStore = {
  /**
   * Contents of live chunks without a vector of `model`, oldest change first, only those that follow `after`: what changes later
   * stands further back. `text` is what is to be encoded.
   */
  missing(
    shop: ShopId,
    model: string,
    page: { limit: number; after?: ContentPlace | undefined },
    signal: AbortSignal,
  ): Promise<{ contentHash: string; text: string; place: ContentPlace }[]>
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
