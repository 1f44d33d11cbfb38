import type { ImportRequest, ImportRowError, ImportState } from '#db/knowledge/imports.port.ts'
import type { ImportId, ShopId } from '#domain/ids.ts'

export type ImportFormat = 'ndjson' | 'csv' | 'markdown'

/** Content by the file. */
export type Imports = {
  /**
   * Reads the file to its end, keeps every row durably, and resolves: from then on the import runs to its end whatever
   * happens to this process. Bad rows are set aside with their line, never more than that. Memory stays bounded at any size.
   * Rejects with what `body` throws, or the signal's reason; the import is then stopped, and nothing was stored of it.
   */
  start(
    shop: ShopId,
    request: ImportRequest,
    format: ImportFormat,
    body: AsyncIterable<Uint8Array>,
    signal: AbortSignal,
  ): Promise<ImportId>
  /**
   * Goes on with the import until it has ended: called by its job, any number of times, by any process. Ends it as failed with
   * `mass_retirement` when a replacing file would retire over 30 % of its source's documents without `allowRetire`.
   * Throws retryable Faults of the store.
   */
  run(shop: ShopId, id: ImportId, signal: AbortSignal): Promise<void>
  /** Once it says `done`, questions are answered from what was imported. */
  get(shop: ShopId, id: ImportId, signal: AbortSignal): Promise<ImportState | null>
  /** By line, in pages as they are asked for. */
  errors(shop: ShopId, id: ImportId, signal: AbortSignal): AsyncIterable<ImportRowError>
  /** What is stored already stays. */
  cancel(shop: ShopId, id: ImportId, signal: AbortSignal): Promise<'cancelled' | 'ended_already' | 'unknown'>
}
