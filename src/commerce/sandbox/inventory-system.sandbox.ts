import type { StockStore } from '#db/inbox/stock.port.ts'
import type { InventorySystem } from '../inventory-system.port.ts'

/** The sandbox shop's stock: what `inventory.adjusted` events told. Throws what StockStore throws. */
export function sandboxInventorySystem(stock: StockStore): InventorySystem {
  return {
    async available(shop, skus, signal) {
      const units = new Map<string, number>()
      // A place that owes what it has not (a shop may oversell) takes nothing from what another can send.
      for (const { sku, available } of await stock.levels(shop, skus, signal))
        units.set(sku, (units.get(sku) ?? 0) + Math.max(0, available))
      return units
    },
  }
}
