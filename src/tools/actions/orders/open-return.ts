import { z } from 'zod'
import { moneyText } from '#domain/money.ts'
import { keyedTool, orderNow, type ShopSystems } from '../keyed-tool.ts'
import { units } from '../read-args.ts'

const Args = z.strictObject({ lines: z.array(units).min(1).max(200) })

/** Action `open_return`: units that arrived may be sent back. Moves no money: the refund is an action of its own, once they are there. Undone by closing the return. */
export function openReturn(systems: ShopSystems) {
  return keyedTool(systems.orders, {
    kind: 'open_return',
    system: 'orders',
    args: Args,
    effect: ({ lines }, { id, lines: ordered, currency }) => {
      const of = (sku: string) => ordered.find((line) => line.sku === sku)
      const amount = lines.reduce((sum, { sku, qty }) => sum + qty * (of(sku)?.unitPrice ?? 0), 0)
      const what = lines.map(({ sku, qty }) => `${qty} × ${of(sku)?.name ?? sku}`).join(', ')
      return `Let the customer of order ${id} send back ${what}, worth ${moneyText({ amount, currency }, 'en')}; no money moves until it is there.`
    },
    reversible: true,
    send: (by, { order }, { lines }, signal) => systems.orders.openReturn(by, order, lines, signal),
    shows: async (action, _args, _receipt, signal) =>
      (await orderNow(systems, action, signal))?.returning !== undefined,
  })
}
