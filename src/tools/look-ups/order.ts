import type { OrderDesk } from '#commerce/order-system.port.ts'
import type { CaseLookUps } from '../case-look-ups.port.ts'
import { answered, type LookUpParts } from './answered.ts'

/** The order as the order system has it now. */
export function lookUpOrder(desk: Pick<OrderDesk, 'versionedOrder'>, parts: LookUpParts): CaseLookUps['order'] {
  return (shop, id, signal) =>
    answered(
      parts,
      'orders',
      async (deadline) => (await desk.versionedOrder(shop, id, deadline)) ?? { value: null, version: null },
      signal,
    )
}
