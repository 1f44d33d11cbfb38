import { sql } from 'kysely'
import { type Database, inShop } from '../database.ts'
import type { StockStore } from './stock.port.ts'

/** Stock levels in PostgreSQL; applied events write them. */
export function postgresStock(database: Database): StockStore {
  return {
    async levels(shop, skus, signal) {
      if (skus.length === 0) return []
      return inShop(database, shop, signal, async (transaction) => {
        const rows = await transaction
          .selectFrom('stock')
          .select(['sku', 'location', 'available', 'version', 'changed_at'])
          .where('shop', '=', shop)
          .where(sql<boolean>`sku = any(${skus})`)
          .orderBy('sku')
          .orderBy('location')
          .execute()
        return rows.map(({ changed_at: changedAt, ...level }) => ({ ...level, changedAt }))
      })
    },
  }
}
