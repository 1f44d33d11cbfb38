import type { ShopId } from '#domain/ids.ts'

/** Live stock, as events told it. */
export type StockStore = {
  /** By SKU and location, for those of the SKUs of which anything is known. `version` grows with every change. */
  levels(
    shop: ShopId,
    skus: string[],
    signal: AbortSignal,
  ): Promise<{ sku: string; location: string; available: number; version: number; changedAt: Date }[]>
}
