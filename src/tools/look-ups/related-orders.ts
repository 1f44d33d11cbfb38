import type { OrderDesk } from '#commerce/order-system.port.ts'
import type { CaseLookUps } from '../case-look-ups.port.ts'
import { answered, type LookUpParts } from './answered.ts'

/** A duplicate is among the newest; older orders explain nothing. */
const NEWEST = 20

/** Other orders of the same customer, newest first. */
export function lookUpRelatedOrders(
  desk: Pick<OrderDesk, 'relatedOrders'>,
  parts: LookUpParts,
): CaseLookUps['relatedOrders'] {
  return (shop, id, signal) =>
    answered(
      parts,
      'orders',
      async (deadline) => ({ value: await desk.relatedOrders(shop, id, NEWEST, deadline), version: null }),
      signal,
    )
}
