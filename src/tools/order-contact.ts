import type { OrderSystem } from '#commerce/order-system.port.ts'
import type { OrderContact } from './look-up.port.ts'

/**
 * Whether an order and an e-mail belong together. Asks the order system the same two questions whether or not the order
 * exists, so that the time taken tells nothing. Throws what OrderSystem throws.
 */
export function orderContact(system: OrderSystem): OrderContact {
  return {
    async contact(shop, id, email, signal) {
      const order = await system.order(shop, id, signal)
      const customer = await system.customer(shop, order?.customer.id ?? NOBODY, signal)
      if (!order || !customer || customer.email.trim().toLowerCase() !== email.trim().toLowerCase()) return null
      return { customer: customer.id, email: customer.email, order: order.id }
    },
  }
}

const NOBODY = 'nobody' as Parameters<OrderSystem['customer']>[1]
