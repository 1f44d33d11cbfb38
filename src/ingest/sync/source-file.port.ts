import type { ImportFormat } from '../imports.port.ts'

/**
 * What is at an address now. `seen` is what the file says of itself (ETag, Last-Modified, sizes and times), null when it says
 * nothing; `format` null when neither its type nor its name tells.
 */
export type SourceFile =
  | { outcome: 'unchanged' }
  | { outcome: 'file'; format: ImportFormat | null; seen: string | null; body: AsyncIterable<Uint8Array> }

/** Files outside, by address. */
export type SourceFiles = {
  /** Why the address cannot be a source's, in a sentence; null when it can. Asks nobody. */
  problemOf(url: string): string | null
  /**
   * Opens the file, or says that it still is what was `seen`. `site` makes addresses of the pages of a folder. Whoever opens it reads it to its end or aborts `signal`. Throws
   * Fault retryable `ingest.source.unreachable`, user `ingest.source.refused` (no file there), `ingest.source.forbidden`
   * (an address nobody may be sent to).
   */
  open(url: string, known: { seen: string | null; site: string | null }, signal: AbortSignal): Promise<SourceFile>
}
