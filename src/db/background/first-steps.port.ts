import type { ShopId } from '#domain/ids.ts'

/** What of a shop's first start was done, so that a start that was killed goes on where it was, and no later one does it again. */
export type FirstSteps = {
  done(shop: ShopId, signal: AbortSignal): Promise<ReadonlySet<string>>
  /** Marked twice it changes nothing. */
  mark(shop: ShopId, steps: readonly string[], at: Date, signal: AbortSignal): Promise<void>
}
