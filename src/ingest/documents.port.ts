import type { DocumentVersion, StoredDocument } from '#db/knowledge/documents.port.ts'
import type { ShopDocument } from '#domain/document.ts'
import type { DocumentId, ShopId } from '#domain/ids.ts'
import type { VersionDifference } from './versions/version-difference.ts'

/** `changed` is false when the same content was stored already: no new version, no new vectors. */
export type DocumentPut = {
  outcome: 'created' | 'updated' | 'unchanged'
  changed: boolean
  version: number
  chunks: number
}

export type ComparedVersion = { version: number; storedAt: string; title: string }
export type ComparedVersions =
  | ({ outcome: 'compared'; from: ComparedVersion; to: ComparedVersion } & VersionDifference)
  | { outcome: 'no_document' }
  | { outcome: 'no_version' }

/** The shop's content, one document at a time. */
export type Documents = {
  /**
   * Stores the document; when it resolves, questions are answered from it and no longer from its old version.
   * Throws Fault user `ingest.document.too_large`, `ingest.document.too_deep`, and what DocumentStore.putAll throws.
   */
  put(shop: ShopId, source: string, document: ShopDocument, signal: AbortSignal): Promise<DocumentPut>
  /** Out of answers and search when it resolves; its versions stay as history. False when it was not live. */
  retire(shop: ShopId, id: DocumentId, signal: AbortSignal): Promise<boolean>
  /** With its versions, newest first; retired documents too. */
  get(
    shop: ShopId,
    id: DocumentId,
    signal: AbortSignal,
  ): Promise<(StoredDocument & { versions: DocumentVersion[] }) | null>
  /** A version as it was sent, in force or not. */
  version(
    shop: ShopId,
    id: DocumentId,
    version: number,
    signal: AbortSignal,
  ): Promise<{ document: ShopDocument; storedAt: string } | null>
  /** What two versions tell differently, whichever is the older; `to` null is the newest. Throws what versionDifference throws. */
  difference(
    shop: ShopId,
    id: DocumentId,
    from: number,
    to: number | null,
    signal: AbortSignal,
  ): Promise<ComparedVersions>
  /**
   * Stores an earlier version again as the newest, under the source the document has; like `put` otherwise, also of a retired
   * document. Null when there is no such version. The next import of its source counts again.
   */
  restore(shop: ShopId, id: DocumentId, version: number, signal: AbortSignal): Promise<DocumentPut | null>
  /** Live documents by id. */
  list(
    shop: ShopId,
    page: { cursor: string | null; limit: number; source?: string; kind?: string },
    signal: AbortSignal,
  ): Promise<{ items: StoredDocument[]; nextCursor: string | null }>
}
