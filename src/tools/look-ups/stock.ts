import type { StockDesk } from '#commerce/inventory-system.port.ts'
import type { CaseLookUps } from '../case-look-ups.port.ts'
import { answered, type LookUpParts } from './answered.ts'

/** Stock of the SKUs at every place, with what is on its way there. */
export function lookUpStock(stock: Pick<StockDesk, 'stock'>, parts: LookUpParts): CaseLookUps['stock'] {
  return (shop, skus, signal) => answered(parts, 'inventory', (deadline) => stock.stock(shop, skus, deadline), signal)
}
