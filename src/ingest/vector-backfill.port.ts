import type { ShopId } from '#domain/ids.ts'

/** Makes what is missing of the shops' vectors, in the background. Progress is VectorStore.progress. */
export type VectorBackfill = {
  /** Begins at once, goes on after every change of content, and after failures by itself. */
  start(): void
  /** Makes one shop's missing vectors and gives how many it made; none while another process does. */
  fill(shop: ShopId, signal: AbortSignal): Promise<number>
  /** What was made is stored; resolves when nothing runs any more. */
  close(signal: AbortSignal): Promise<void>
}
