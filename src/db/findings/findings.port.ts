import type { ShopDocument } from '#domain/document.ts'
import type { DocumentId, ShopId } from '#domain/ids.ts'
import type { BoilerplateBatch } from './boilerplate.port.ts'

export type FindingKind =
  | 'missing_description'
  | 'supplier_copy'
  | 'exact_duplicate'
  | 'near_duplicate'
  | 'boilerplate'
  | 'contradiction'
  | 'orphan_category'
  | 'past_review'
  | 'language_mismatch'
  | 'mixed_attribute'
  | 'empty_attribute'

export type FindingDocument = { id: DocumentId; version: number; title: string; source: string }
/** `field` is a part of the document that is no running text: `weight`, `price`. */
export type FindingQuote = { documentId: DocumentId; text: string; field?: string }
export type NewFinding = {
  kind: FindingKind
  /** Same kind and origin: the same finding, which takes the place of what was stored. */
  origin: string
  documents: FindingDocument[]
  /** How many there are; more than `documents` where those are examples. */
  documentCount: number
  quotes: FindingQuote[]
  /** What the explanation names. */
  detail: Record<string, string | number>
}
export type StoredFinding = Omit<NewFinding, 'origin'> & { id: `fnd_${string}`; foundAt: Date }

/** A live document whose version has not been looked at, or one that is gone. */
export type ChangedDocument = { id: DocumentId; live: LiveDocument | null }
export type LiveDocument = { document: ShopDocument; version: number; source: string; storedAt: Date }

/** Something a document may have in common with others. `place` tells marks of one document apart. */
export type Mark = { mark: string; place: number; value?: string; quote?: string }
export type DocumentLook = {
  id: DocumentId
  version: number
  source: string
  kind: string
  validUntil: Date | null
  datedAt: Date
  signatures: Buffer
  sentences: bigint[]
  draw: number
  /** `type|name` of each attribute. */
  attributeTypes: string[]
  marks: Mark[]
  /** What is found in the document alone, which is its origin: one of a kind. */
  own: Omit<NewFinding, 'origin'>[]
}
/** Everything that has one mark, `count` of it, of which `members` are the first by id. Bands and categories are not counted beyond those. */
export type MarkGroup = {
  mark: string
  count: number
  members: { documentId: DocumentId; place: number; value: string | null; quote: string | null }[]
}
export type Place = { documentId: DocumentId; place: number }

/** What a batch does inside its one transaction; nobody else writes findings of the shop meanwhile. */
export type FindingBatch = BoilerplateBatch & {
  /** Replaces looks, marks and own findings of the documents, and forgets those of `gone`. Gives every mark that was or is theirs. */
  replace(looks: DocumentLook[], gone: DocumentId[], at: Date): Promise<string[]>
  /** Adds marks to documents, after forgetting theirs that begin with `prefix`. Gives every such mark that was or is theirs. */
  remark(prefix: string, places: (Place & { marks: Mark[] })[]): Promise<string[]>
  /** The first holders of each mark by document and place, at most `most`; marks nobody has are left out. */
  groups(marks: string[], most: number): Promise<MarkGroup[]>
  /** All `signatures` of the documents. */
  signatures(ids: DocumentId[]): Promise<Map<DocumentId, Buffer>>
  /** Marks of the documents that begin with `prefix`. */
  marksOf(ids: DocumentId[], prefix: string): Promise<(Place & { mark: string })[]>
  /** As they were when looked at. */
  documents(ids: DocumentId[]): Promise<Map<DocumentId, LiveDocument>>
  /** Stores findings, and forgets what was found from the origins before. */
  found(origins: string[], findings: NewFinding[], at: Date): Promise<void>
  /** The same for every origin that begins with `prefix`. */
  foundAll(prefix: string, findings: NewFinding[], at: Date): Promise<void>
}

export type RepeatedSentence = {
  source: string
  kind: string
  sentence: bigint
  share: number
  pages: number
  examples: DocumentId[]
}
/** How many documents of a source have an attribute of one type; `entry` as in DocumentLook.attributeTypes. */
export type AttributeColumn = { source: string; entry: string; count: number }
/** The first documents by id that have it. */
export type OddAttribute = AttributeColumn & { documents: DocumentId[] }
export type OverdueDocument = { id: DocumentId; why: 'valid_until' | 'too_old'; since: Date; maxAgeDays: number | null }

/** Findings about content and what they follow from. Everything is derived: it can be forgotten and made again. */
export type FindingStore = {
  /** Whether anything changed since the pass that `settled` an epoch by these rules, the epoch now, and whether an import runs. */
  state(
    shop: ShopId,
    rules: number,
    signal: AbortSignal,
  ): Promise<{ epoch: number; changed: boolean; importing: boolean; lookedAt: Date | null }>
  /** Documents to look at, by id after `after`: at most `limit`. */
  changed(shop: ShopId, rules: number, after: string, limit: number, signal: AbortSignal): Promise<ChangedDocument[]>
  /** All of `work` or nothing is kept. */
  batch(shop: ShopId, rules: number, signal: AbortSignal, work: (batch: FindingBatch) => Promise<void>): Promise<void>
  settled(shop: ShopId, rules: number, epoch: number, at: Date, signal: AbortSignal): Promise<void>
  /** Sentences on at least `share` of the first `sample` pages of a source and kind, where those are `least` or more. */
  repeated(
    shop: ShopId,
    rule: { share: number; sample: number; least: number },
    signal: AbortSignal,
  ): Promise<RepeatedSentence[]>
  /** What types the attributes of each source have, or of one. */
  attributeColumns(shop: ShopId, source: string | null, signal: AbortSignal): Promise<AttributeColumn[]>
  /** Up to `most` documents of a source and kind as they were looked at, in the order of their draw. */
  sample(shop: ShopId, source: string, kind: string, most: number, signal: AbortSignal): Promise<LiveDocument[]>
  /** Who has one of these, at most `most` each. */
  withAttributes(
    shop: ShopId,
    which: { source: string; entry: string }[],
    most: number,
    signal: AbortSignal,
  ): Promise<OddAttribute[]>
  /** Live documents past their end, or older than their source's limit, at most `limit`. */
  overdue(shop: ShopId, at: Date, limit: number, signal: AbortSignal): Promise<OverdueDocument[]>
  /** The first of the documents that this one is a copy of, wholly or nearly, as a finding tells it now; null without one. */
  canonicalOf(
    shop: ShopId,
    id: DocumentId,
    signal: AbortSignal,
  ): Promise<{ id: DocumentId; kind: 'exact_duplicate' | 'near_duplicate' } | null>
  /** By id. Only what is true of the documents as they stand now. */
  list(
    shop: ShopId,
    page: { cursor: string | null; limit: number; source?: string; kind?: FindingKind },
    signal: AbortSignal,
  ): Promise<{ items: StoredFinding[]; nextCursor: string | null }>
}
