import type { ShopId } from '#domain/ids.ts'

/** Ages of a source's live documents by their own date (else when they were stored); `overdue` counts those valid only until before `at`. */
export type SourceFreshness = { source: string; documents: number; newest: Date; oldest: Date; overdue: number }

export type FreshnessReport = {
  /** By source name. */
  bySource(shop: ShopId, at: Date, signal: AbortSignal): Promise<SourceFreshness[]>
}
