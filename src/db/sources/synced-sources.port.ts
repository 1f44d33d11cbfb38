import type { ImportId, ShopId, SourceId } from '#domain/ids.ts'

export type NewSource = {
  id: SourceId
  /** What its documents' source is called; one of a kind in its shop. */
  name: string
  url: string
  mode: 'upsert' | 'replace'
  /** Null: told by the file. */
  format: string | null
  mapping: string | null
  currency: string | null
  site: string | null
  everyMinutes: number
}
export type SyncOutcome = 'imported' | 'unchanged' | 'failed'
export type SyncedSource = NewSource & {
  lookAt: Date
  /** What the file said of itself when it was last imported; null before, and when it says nothing. */
  seen: string | null
  /**
   * When the shop last had what the file has, as far as looks told it: an unchanged file, or the end of the import before the newest.
   */
  inStepAt: Date | null
  /** Somebody allowed the next look to retire however many documents the file no longer has. */
  allowRetire: boolean
  /** In a row. */
  failures: number
  last: {
    at: Date
    outcome: SyncOutcome
    problem: { code: string; message: string } | null
  } | null
  /** The newest import made of it. */
  importId: ImportId | null
}
export type SyncResult = {
  outcome: SyncOutcome
  /** Left as they are when not given. */
  seen?: string | null
  inStepAt?: Date | null
  importId?: ImportId
  problem?: { code: string; message: string }
}

/** Files and folders that are looked at from time to time. */
export type SyncedSourceStore = {
  /** Due at once. False when the name is taken. */
  add(shop: ShopId, source: NewSource, at: Date, signal: AbortSignal): Promise<boolean>
  get(shop: ShopId, id: SourceId, signal: AbortSignal): Promise<SyncedSource | null>
  /** By name. */
  list(shop: ShopId, signal: AbortSignal): Promise<SyncedSource[]>
  /** Those whose time has come, the longest waiting first. */
  due(shop: ShopId, at: Date, limit: number, signal: AbortSignal): Promise<SyncedSource[]>
  /** Looked at as soon as possible, and read even if it seems unchanged. False when there is no such source. */
  hasten(shop: ShopId, id: SourceId, allowRetire: boolean, at: Date, signal: AbortSignal): Promise<boolean>
  /** What a look at the source as it was came to, and when the next is due; sooner where it was hastened meanwhile. */
  looked(
    shop: ShopId,
    source: Pick<SyncedSource, 'id' | 'lookAt'>,
    result: SyncResult,
    next: Date,
    at: Date,
    signal: AbortSignal,
  ): Promise<void>
  /** Its documents stay. False when there is no such source. */
  remove(shop: ShopId, id: SourceId, signal: AbortSignal): Promise<boolean>
}
