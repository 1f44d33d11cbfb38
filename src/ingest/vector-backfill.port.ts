import type { ShopId } from '#domain/ids.ts'

/** How far a shop's vectors are. The pace is that of late; both it and what remains are null while none are made in this process. */
export type VectorProgress = {
  done: number
  total: number
  perSecond: number | null
  remainingSeconds: number | null
}

/** Makes what is missing of the shops' vectors, in the background. */
export type VectorBackfill = {
  /** Begins at once, goes on after every change of content, and after failures by itself. */
  start(): void
  /** Makes one shop's missing vectors and gives how many it made; none while another process does. */
  fill(shop: ShopId, signal: AbortSignal): Promise<number>
  /** Whether this process makes vectors of the shop, or is about to. */
  behind(shop: ShopId, signal: AbortSignal): Promise<boolean>
  /** Over the contents of all live passages; counts them, which takes a tenth of a second in a large shop. */
  progress(shop: ShopId, signal: AbortSignal): Promise<VectorProgress>
  /** What was made is stored; resolves when nothing runs any more. */
  close(signal: AbortSignal): Promise<void>
}
