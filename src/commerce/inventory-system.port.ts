import type { ShopId } from '#domain/ids.ts'

/** The shop's stock, as far as we need it. */
export type InventorySystem = {
  /** Units that may be sold now, all places together, by SKU. SKUs it knows nothing of are not in the map. */
  available(shop: ShopId, skus: string[], signal: AbortSignal): Promise<Map<string, number>>
}
