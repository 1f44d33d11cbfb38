import type { OrderDesk } from '#commerce/order-system.port.ts'
import type { CaseLookUps } from '../case-look-ups.port.ts'
import { answered, type LookUpParts } from './answered.ts'

/** Every list price of the SKUs with the day it began, oldest first. */
export function lookUpPrices(desk: Pick<OrderDesk, 'listPrices'>, parts: LookUpParts): CaseLookUps['prices'] {
  return (shop, skus, signal) =>
    answered(
      parts,
      'prices',
      async (deadline) => ({ value: await desk.listPrices(shop, skus, deadline), version: null }),
      signal,
    )
}
