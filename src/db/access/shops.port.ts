import type { ShopId } from '#domain/ids.ts'
import type { ShopSettings, SupportHours } from '#domain/shop/shop-settings.ts'

export type { SupportHours }

/** What names a shop, apart from its settings. */
type Identity = { id: ShopId; name: string; defaultLocale: string; currency: string }

/**
 * A shop with its settings, defaults where one is missing or cannot be read. `settings` is what is stored, also what no release
 * knows; `revision` grows by one with every change.
 */
export type Shop = Identity & ShopSettings & { settings: unknown; revision: number }

/** What an owner changes. */
export type ShopChange = Pick<Shop, 'name' | 'defaultLocale' | keyof ShopSettings>

export type Shops = {
  get(id: ShopId, signal: AbortSignal): Promise<Shop | null>
  /** Creates the shop or replaces everything but its id. */
  put(shop: Identity & { settings: unknown }, signal: AbortSignal): Promise<void>
  /** Sets what an owner changes, if the shop still is at `revision`; null when it is not, or is not there. What else is stored stays. */
  change(id: ShopId, change: ShopChange, revision: number, signal: AbortSignal): Promise<Shop | null>
  list(signal: AbortSignal): Promise<Shop[]>
}
