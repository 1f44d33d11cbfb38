import { z } from 'zod'
import { type Money, moneyText } from '#domain/money.ts'
import type { Order } from '#domain/order.ts'
import { keyedTool, orderNow, type ShopSystems } from '../keyed-tool.ts'
import { units } from '../read-args.ts'

const Args = z.strictObject({
  lines: z.array(units).min(1).max(100),
  value: z.int().nonnegative().optional().describe('What the units cost on the order, minor units'),
})

/** Action `reship`: units once more, from stock. At stake is what they cost on the order. Undone while the parcel is still being packed. */
export function reship(systems: ShopSystems) {
  return keyedTool(systems.orders, {
    kind: 'reship',
    system: 'orders',
    args: Args,
    effect: (args, order) => {
      const what = args.lines.map(
        ({ sku, qty }) => `${qty} × ${order.lines.find((line) => line.sku === sku)?.name ?? sku}`,
      )
      return `Send ${what.join(', ')} of order ${order.id} again, worth ${moneyText(worth(args, order), 'en')}.`
    },
    atStake: worth,
    reversible: true,
    send: (by, { order }, { lines }, signal) => systems.orders.reship(by, order, lines, signal),
    shows: async (action, _args, receipt, signal) =>
      (await orderNow(systems, action, signal))?.shipments.some(({ id }) => id === receipt) ?? false,
  })
}

/** A proposal may name more than the order's prices say, never less. */
function worth({ lines, value }: z.infer<typeof Args>, order: Order): Money {
  const price = (sku: string) =>
    Math.max(0, ...order.lines.filter((line) => line.sku === sku).map(({ unitPrice }) => unitPrice))
  const sum = lines.reduce((all, { sku, qty }) => all + qty * price(sku), 0)
  return { amount: Math.max(sum, value ?? 0), currency: order.currency }
}
