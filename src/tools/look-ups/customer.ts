import type { OrderDesk } from '#commerce/order-system.port.ts'
import type { CaseLookUps } from '../case-look-ups.port.ts'
import { answered, type LookUpParts } from './answered.ts'

/** What the shop knows of the order's customer. Says nothing of who they are. */
export function lookUpCustomer(desk: Pick<OrderDesk, 'customerHistory'>, parts: LookUpParts): CaseLookUps['customer'] {
  return (shop, id, signal) =>
    answered(
      parts,
      'customers',
      async (deadline) => ({ value: await desk.customerHistory(shop, id, deadline), version: null }),
      signal,
    )
}
