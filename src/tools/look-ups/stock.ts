import type { StockDesk } from '#commerce/inventory-system.port.ts'
import type { StockAt } from '#domain/order.ts'
import type { CaseLookUps } from '../case-look-ups.port.ts'
import { answered, type LookUpParts } from './answered.ts'

/** Stock of the SKUs at every place, with what is on its way there and what the order has reserved for itself. */
export function lookUpStock(stock: Pick<StockDesk, 'stock' | 'reservedFor'>, parts: LookUpParts): CaseLookUps['stock'] {
  return (shop, id, skus, signal) =>
    answered(
      parts,
      'inventory',
      async (deadline) => {
        const [{ value, version }, reserved] = await Promise.all([
          stock.stock(shop, skus, deadline),
          stock.reservedFor(shop, id, deadline),
        ])
        const ownAt = ({ sku, location }: StockAt) =>
          reserved
            .filter((held) => held.sku === sku && held.location === location)
            .reduce((sum, { qty }) => sum + qty, 0)
        return {
          value: value.map((row) => {
            const own = Math.min(row.reserved, ownAt(row))
            return own > 0 ? { ...row, own } : row
          }),
          version,
        }
      },
      signal,
    )
}
