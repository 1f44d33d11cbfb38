import { z } from 'zod'
import { Fault } from '#domain/fault.ts'
import { moneyText } from '#domain/money.ts'
import { keyedTool, orderNow, type ShopSystems } from '../keyed-tool.ts'
import { word } from '../read-args.ts'

const Args = z.strictObject({
  orderId: word.optional().describe('The case’s own order; another one is refused'),
  reason: word.default('cancelled by the shop'),
})

/**
 * Action `cancel_order`: frees its stock; money taken stays and is refunded by an action of its own. Undone within the hour
 * after which the bank is told to let go of authorised money. Throws `tools.args.invalid` when it names another order.
 */
export function cancelOrder(systems: ShopSystems) {
  return keyedTool(systems.orders, {
    kind: 'cancel_order',
    system: 'orders',
    args: Args,
    effect: (_args, { id, total, currency, paymentStatus }) =>
      `Cancel order ${id} over ${moneyText({ amount: total, currency }, 'en')} and free its stock.${
        paymentStatus === 'authorized' ? ' The authorised money is let go.' : ''
      }`,
    reversible: true,
    send: (by, { order }, { orderId, reason }, signal) => {
      if (orderId !== undefined && orderId !== order)
        throw new Fault({
          kind: 'user',
          code: 'tools.args.invalid',
          message: 'An action changes the order of its case alone.',
        })
      return systems.orders.cancel(by, order, reason, signal)
    },
    shows: async (action, _args, _receipt, signal) => (await orderNow(systems, action, signal))?.status === 'cancelled',
  })
}
