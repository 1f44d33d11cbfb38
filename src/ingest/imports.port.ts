import type { AffectedAnswer, ImportRequest, ImportRowError, ImportState } from '#db/knowledge/imports.port.ts'
import type { ImportId, ShopId } from '#domain/ids.ts'

/** `csv`: any table, also tab-separated; `xml`: a Google Merchant feed. Compressed or not is told by the content. */
export type ImportFormat = 'ndjson' | 'csv' | 'markdown' | 'xml'

/**
 * What is said of a file. `mapping` (JSON, docs/import.md) says which column is which field; `currency` counts for prices that
 * name none; `site` makes addresses of a shop's product handles.
 */
export type ImportFile = { format: ImportFormat; mapping?: string; currency?: string; site?: string }

/** Content by the file. */
export type Imports = {
  /**
   * Reads the file to its end, keeps every row durably, and resolves: from then on the import runs to its end whatever
   * happens to this process. Bad rows are set aside with their line, never more than that. Memory stays bounded at any size.
   * Rejects with what `body` throws, or the signal's reason; the import is then stopped, and nothing was stored of it. The same
   * with Fault user `ingest.mapping.invalid`, `ingest.import.option`, `ingest.import.archive`, `ingest.import.encoding`, `ingest.import.gzip_bomb`,
   * `ingest.import.gzip_broken`, `ingest.import.xml_doctype`, and `ingest.import.ended` when it was cancelled meanwhile.
   */
  start(
    shop: ShopId,
    request: ImportRequest,
    file: ImportFile,
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
  /** Newest first, of one source or of all. A caller who lost the answer of `start` finds the import here. */
  list(
    shop: ShopId,
    page: { cursor: string | null; limit: number; source?: string },
    signal: AbortSignal,
  ): Promise<{ items: ImportState[]; nextCursor: string | null }>
  /** By line, in pages as they are asked for. */
  errors(shop: ShopId, id: ImportId, signal: AbortSignal): AsyncIterable<ImportRowError>
  /** The rejected rows as a file of the format that was sent, to be corrected and sent again; null when there is no such import. */
  rejected(
    shop: ShopId,
    id: ImportId,
    signal: AbortSignal,
  ): Promise<{ mediaType: string; bytes: AsyncGenerator<Uint8Array> } | null>
  /** Of a dry run: answers given that cite what would change, newest first, in pages as they are asked for. */
  affectedAnswers(shop: ShopId, id: ImportId, signal: AbortSignal): AsyncGenerator<AffectedAnswer>
  /** What is stored already stays. */
  cancel(shop: ShopId, id: ImportId, signal: AbortSignal): Promise<'cancelled' | 'ended_already' | 'unknown'>
}
