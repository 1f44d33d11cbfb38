import type { OrderSystem } from '#commerce/order-system.port.ts'
import type { Order } from '#domain/order.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Caller, OrderTool } from './look-up.port.ts'

/** How many orders a shopper is shown when they name none. */
const NEWEST = 3

/**
 * The shopper's own orders: those of the proven customer, and those unlocked in this session. An order that is not theirs
 * and one that does not exist get the same answer. Throws what OrderSystem throws.
 */
export function orderLookUp(system: OrderSystem, clock: Clock): OrderTool {
  return {
    async orders(caller, id, signal) {
      const at = () => clock.now().toISOString()
      if (id) {
        const order = await system.order(caller.shop, id, signal)
        if (order && isTheirs(caller, order)) return { outcome: 'found', orders: [order], at: at() }
        return isProven(caller) ? { outcome: 'not_yours' } : { outcome: 'identify_first' }
      }
      if (!isProven(caller)) return { outcome: 'identify_first' }
      const owned = caller.customer ? await system.ordersOf(caller.shop, caller.customer, NEWEST, signal) : []
      const unlocked = await Promise.all(caller.unlockedOrders.map((order) => system.order(caller.shop, order, signal)))
      const orders = [
        ...owned,
        ...unlocked.filter((order): order is Order => order !== null && !owned.some(({ id }) => id === order.id)),
      ]
      return { outcome: 'found', orders, at: at() }
    },
  }
}

function isProven(caller: Caller): boolean {
  return caller.customer !== null || caller.unlockedOrders.length > 0
}

/** Whether the order is the proven customer's, or was unlocked in this session. */
export function isTheirs(caller: Caller, order: Order): boolean {
  return order.customer.id === caller.customer || caller.unlockedOrders.includes(order.id)
}
