import type { ConversationId, DocumentId, MessageId, ShopId } from '#domain/ids.ts'

/** An answer of the last 30 days that cites a live document past its end or older than its source's limit. */
export type StaleAnswer = {
  messageId: MessageId
  conversationId: ConversationId
  answeredAt: Date
  documentId: DocumentId
  title: string
}

/**
 * Ages of a source's live documents by their own date (else when they were stored). `overdue` counts those valid only until
 * before `at`, `tooOld` those older than `maxAgeDays`; `stale` answers rest on either, the newest first, at most 20 named.
 */
export type SourceFreshness = {
  source: string
  documents: number
  newest: Date
  oldest: Date
  overdue: number
  maxAgeDays: number | null
  tooOld: number
  /** When the last import that ran to its end did; null without one. */
  lastImportAt: Date | null
  /** When the shop last had what the source has: that, or for a synced source also a look that found it unchanged. */
  lastSuccessAt: Date | null
  /** What keeps a synced source from it now. */
  problem: { code: string; message: string } | null
  /** When it is looked at next; null when it is not a synced source. */
  nextRunAt: Date | null
  stale: { count: number; answers: StaleAnswer[] }
}

export type FreshnessReport = {
  /** By source name. Of answers, the newest 2,000 are looked at. */
  bySource(shop: ShopId, at: Date, signal: AbortSignal): Promise<SourceFreshness[]>
  /** After how many days a source's documents want to be looked at again; null: never. Findings follow at the next pass. */
  limit(shop: ShopId, source: string, maxAgeDays: number | null, signal: AbortSignal): Promise<void>
}
