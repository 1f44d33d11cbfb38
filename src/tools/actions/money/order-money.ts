import type { Money } from '#domain/money.ts'
import type { AuthorisedAction } from '../../action-tool.port.ts'
import { orderNow, type ShopSystems } from '../keyed-tool.ts'

/** An amount in the order's own currency; null where there is no such order. Throws what OrderDesk throws. */
export async function orderMoney(
  systems: Pick<ShopSystems, 'desk'>,
  action: AuthorisedAction,
  amount: number,
  signal: AbortSignal,
): Promise<Money | null> {
  const order = await orderNow(systems, action, signal)
  return order && { amount, currency: order.currency }
}

export const NO_ORDER = { outcome: 'failed', why: 'unknown_order' } as const
