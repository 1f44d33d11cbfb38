import type { FindingKind, FindingStore, StoredFinding } from '#db/findings/findings.port.ts'
import type { ShopId } from '#domain/ids.ts'

/** `why` says what was seen, `todo` what a person can do about it; both in English, without a full stop missing. */
export type ContentFinding = StoredFinding & { why: string; todo: string }

/** An attribute of a source's products. `unit`: base unit of measures, currency of money. `values`: of an enumeration. */
export type SourceAttribute = {
  name: string
  type: 'number' | 'boolean' | 'measure' | 'money' | 'enumeration' | 'text' | 'mixed' | 'empty'
  unit?: string
  /** How many have it, and in how many of those it has no value. */
  products: number
  empty: number
  values?: string[]
}

/** What is wrong with the shop's content, found without changing it. */
export type ContentFindings = {
  /**
   * Looks at every document that changed since the last time, and at what has come of age. Gives how many documents were looked
   * at. May be stopped or repeated anywhere, also by several at once: each batch is one transaction with everything that follows
   * from it. Throws what the database throws.
   */
  pass(shop: ShopId, signal: AbortSignal): Promise<{ looked: number }>
  /** Whether a pass has something to do, and since which change; null when not. */
  due(shop: ShopId, signal: AbortSignal): Promise<{ epoch: number } | null>
  /** What the attributes of a source's products are, the most frequent first; as far as content has been looked at. */
  attributes(shop: ShopId, source: string, signal: AbortSignal): Promise<SourceAttribute[]>
  /** See FindingStore.canonicalOf. */
  canonicalOf: FindingStore['canonicalOf']
  /** By id; see FindingStore.list. */
  list(
    shop: ShopId,
    page: { cursor: string | null; limit: number; source?: string; kind?: FindingKind },
    signal: AbortSignal,
  ): Promise<{ items: ContentFinding[]; nextCursor: string | null; lookedAt: Date | null; complete: boolean }>
}
