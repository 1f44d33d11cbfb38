import type { Chunk, ShopDocument } from '#domain/document.ts'
import type { DocumentId, ImportId, ShopId } from '#domain/ids.ts'

/** A document cleaned, hashed and cut, ready to be stored. */
export type PreparedDocument = {
  document: ShopDocument
  /** What shoppers are quoted from: `document.text` cleaned to plain Markdown. */
  cleanText: string
  /** Lower-case hex SHA-256 over everything stored of the document; equal hash means nothing to do. */
  contentHash: string
  /** BCP 47, given or detected. */
  locale?: string
  /** Without ids and version: the store gives unchanged passages their old ids. */
  chunks: Omit<Chunk, 'id' | 'documentId' | 'documentVersion' | 'updatedAt'>[]
}

export type StoredDocument = {
  document: ShopDocument
  source: string
  version: number
  contentHash: string
  storedAt: string
  retiredAt: string | null
}
export type DocumentVersion = { version: number; contentHash: string; storedAt: string; title: string }
export type PutOutcome = {
  id: DocumentId
  outcome: 'created' | 'updated' | 'unchanged'
  version: number
  chunks: number
}

/** The shop's content with its versions. Every write is one transaction with the knowledge epoch and the knock on `knowledge`. */
export type DocumentStore = {
  /** Stores all or none, in order; a document sent twice counts once, the last wins. A retired document comes back as `updated`. */
  putAll(shop: ShopId, source: string, documents: PreparedDocument[], signal: AbortSignal): Promise<PutOutcome[]>
  /** Takes documents out of answers and search; versions stay as history. Gives those that were live. */
  retire(shop: ShopId, ids: DocumentId[], signal: AbortSignal): Promise<DocumentId[]>
  get(
    shop: ShopId,
    id: DocumentId,
    signal: AbortSignal,
  ): Promise<(StoredDocument & { versions: DocumentVersion[] }) | null>
  /** A version as it was sent, in force or not; null when there is none. */
  version(
    shop: ShopId,
    id: DocumentId,
    version: number,
    signal: AbortSignal,
  ): Promise<{ document: ShopDocument; storedAt: string } | null>
  list(
    shop: ShopId,
    page: { cursor: string | null; limit: number; source?: string; kind?: string },
    signal: AbortSignal,
  ): Promise<{ items: StoredDocument[]; nextCursor: string | null }>
  /** Live document ids of one source that `seen` (an import) did not touch. */
  untouched(
    shop: ShopId,
    source: string,
    seen: ImportId,
    signal: AbortSignal,
  ): Promise<{ missing: DocumentId[]; live: number }>
}
