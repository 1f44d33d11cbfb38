import type { ShopDocument } from '#domain/document.ts'
import type { DocumentId, ImportId, ShopId } from '#domain/ids.ts'
import type { PreparedDocument } from '../knowledge/documents.port.ts'

/** A sentence that most pages of a kind in a source repeat. `words`: lower case, single spaces. */
export type RepeatedWords = { source: string; kind: string; sentence: bigint; words: string; keeper: DocumentId }

/** A document cut anew, as the version it was read in. */
export type Recut = { prepared: PreparedDocument; version: number; storedAt: Date }

/** What passages leave out, inside a batch's transaction. */
export type BoilerplateBatch = {
  repeated(): Promise<RepeatedWords[]>
  /** Documents of these whose passages leave something out. */
  shortened(ids: DocumentId[]): Promise<DocumentId[]>
  /**
   * Replaces what is repeated, and notes every document that this concerns to be cut anew. Sources that are being imported stay
   * as they are: half a file proves nothing.
   */
  setRepeated(wanted: RepeatedWords[]): Promise<void>
  /** Takes up to `limit` noted documents, by id. */
  takeRecuts(limit: number): Promise<DocumentId[]>
  /** Stores other passages for those whose version is still in force; the same passages change nothing. Gives how many changed. */
  recut(documents: Recut[]): Promise<number>
}

/** What imports ask before they cut. */
export type Boilerplate = {
  /** What passages of the source leave out. */
  of(shop: ShopId, source: string, signal: AbortSignal): Promise<RepeatedWords[]>
  /**
   * Up to `most` documents of an accepted import, chosen and ordered by id as those that are looked at later; null when its source
   * has documents already, or is known to repeat something.
   */
  firstPages(shop: ShopId, id: ImportId, most: number, signal: AbortSignal): Promise<ShopDocument[] | null>
  /** Keeps what a first import repeats, so that it is cut rightly at once. */
  learn(shop: ShopId, words: RepeatedWords[], signal: AbortSignal): Promise<void>
}
