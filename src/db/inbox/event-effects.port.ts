import type { ShopDocument } from '#domain/document.ts'
import type { DocumentId } from '#domain/ids.ts'
import type { PreparedDocument } from '../knowledge/documents.port.ts'

export type KnownDocument = { document: ShopDocument; source: string; live: boolean }
export type StockLevel = { sku: string; location: string; available: number }

/** What applying events may read and change, all inside the one transaction that settles them. */
export type EventEffects = {
  /**
   * Documents by id, and all with one of the SKUs, retired ones too. Nobody else writes the shop's content from here until the
   * transaction ends. To be called before `facts`, so that everyone locks in one order.
   */
  documents(ids: string[], skus: string[]): Promise<KnownDocument[]>
  /** What is known by key, as JSON; keys without an entry are not in the map. Nobody else changes these until the transaction ends. */
  facts(keys: string[]): Promise<Map<string, string>>
  keepFacts(facts: Map<string, string>): Promise<void>
  /** Each document once. */
  putDocuments(source: string, documents: PreparedDocument[]): Promise<void>
  retireDocuments(ids: DocumentId[]): Promise<void>
  /** Each SKU and location once. */
  setStock(levels: StockLevel[]): Promise<void>
}
