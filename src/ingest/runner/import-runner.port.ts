import type { ImportId, ShopId } from '#domain/ids.ts'

/** Works on accepted imports, here or in a thread of its own. */
export type ImportRunner = {
  /**
   * Goes on with the import batch by batch until it has ended: `done` when it ran to its end, `moved` when it was stopped, failed or
   * is somebody else's. Throws retryable Faults of the store, and the signal's reason.
   */
  run(shop: ShopId, id: ImportId, signal: AbortSignal): Promise<'done' | 'moved'>
}
