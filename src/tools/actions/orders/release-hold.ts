import { z } from 'zod'
import { keyedTool, orderNow, type ShopSystems } from '../keyed-tool.ts'

const Args = z.strictObject({})

/** Action `release_hold`: the order goes on. Undone by holding it again, while it has not been sent. */
export function releaseHold(systems: ShopSystems) {
  return keyedTool(systems.orders, {
    kind: 'release_hold',
    system: 'orders',
    args: Args,
    effect: (_args, order) => `Release the hold on order ${order.id}: it goes on to be sent.`,
    reversible: true,
    send: (by, { order }, _args, signal) => systems.orders.releaseHold(by, order, signal),
    shows: async (action, _args, _receipt, signal) => {
      const order = await orderNow(systems, action, signal)
      return order !== null && !/hold$/.test(order.status)
    },
  })
}
