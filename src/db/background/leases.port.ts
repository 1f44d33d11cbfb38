import type { ShopId } from '#domain/ids.ts'

/** Who of several processes does a shop's background work. A lease runs out by itself, so a killed holder is followed by another. */
export type Leases = {
  /** Takes or renews the lease until `until`. False while another holder's lease runs. */
  hold(shop: ShopId, name: string, holder: string, until: Date, signal: AbortSignal): Promise<boolean>
  release(shop: ShopId, name: string, holder: string, signal: AbortSignal): Promise<void>
}
