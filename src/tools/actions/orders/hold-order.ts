import { z } from 'zod'
import { keyedTool, orderNow, type ShopSystems } from '../keyed-tool.ts'
import { word } from '../read-args.ts'

const Args = z.strictObject({
  reason: word.default('under review'),
  about: word
    .optional()
    .describe('What it was held for, as a digest: whether it is still the same can be told, what it was cannot'),
})

/** Action `hold_order`: nothing of it is sent until the hold is released. Undone by releasing. */
export function holdOrder(systems: ShopSystems) {
  return keyedTool(systems.orders, {
    kind: 'hold_order',
    system: 'orders',
    args: Args,
    effect: ({ reason }, order) => `Hold order ${order.id} (${reason}): it is not sent until the hold is released.`,
    reversible: true,
    send: (by, { order }, { reason }, signal) => systems.orders.hold(by, order, reason, signal),
    shows: async (action, _args, _receipt, signal) => (await orderNow(systems, action, signal))?.status === 'on_hold',
  })
}
