import type { ImportState } from '#db/knowledge/imports.port.ts'
import type { NewSource, SyncedSource } from '#db/sources/synced-sources.port.ts'
import type { ShopId, SourceId } from '#domain/ids.ts'

/** `inStepAt`: when the shop last had what the file has. */
export type ListedSource = SyncedSource & { lastImport: ImportState | null }

/** Files and folders elsewhere that are a shop's content, looked at from time to time and imported when they changed. */
export type ShopSources = {
  /**
   * Looked at for the first time at once. Throws Fault user `ingest.source.forbidden` (422) for an address that cannot be one,
   * and what `readReading` throws for a mapping, currency or site that is none.
   */
  add(
    shop: ShopId,
    source: Omit<NewSource, 'id'>,
    signal: AbortSignal,
  ): Promise<{ outcome: 'added'; source: ListedSource } | { outcome: 'source_taken' }>
  list(shop: ShopId, signal: AbortSignal): Promise<ListedSource[]>
  /** Null when there is no such source. */
  get(shop: ShopId, id: SourceId, signal: AbortSignal): Promise<ListedSource | null>
  /**
   * To be read anew as soon as possible, also when it seems unchanged; null when there is no such source. With `allowRetire` its next
   * import may retire however many documents the file no longer has.
   */
  syncNow(
    shop: ShopId,
    id: SourceId,
    allowed: { allowRetire: boolean },
    signal: AbortSignal,
  ): Promise<ListedSource | null>
  /** What came from it stays. False when there is no such source. */
  remove(shop: ShopId, id: SourceId, signal: AbortSignal): Promise<boolean>
  /** Looks at every source whose time has come, a few at a time, and gives how many there were. A failure is the source's own. */
  syncDue(shop: ShopId, signal: AbortSignal): Promise<number>
}
