import type { SandboxWorld } from '#db/commerce/sandbox-world.port.ts'
import type { OrderSystem } from '../order-system.port.ts'

/** The sandbox shop's order system. Throws what SandboxWorld throws. */
export function sandboxOrderSystem(world: SandboxWorld): OrderSystem {
  return {
    order: (shop, id, signal) => world.order(shop, id, signal),
    ordersOf: (shop, customer, limit, signal) => world.ordersOf(shop, customer, limit, signal),
    customer: (shop, id, signal) => world.customer(shop, id, signal),
  }
}
