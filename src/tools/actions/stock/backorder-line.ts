import { z } from 'zod'
import { keyedTool, orderNow, type ShopSystems } from '../keyed-tool.ts'
import { units } from '../read-args.ts'

const Args = units.extend({ until: z.iso.datetime().nullable().default(null) })

/** Action `backorder_line`: the line waits for stock, until a day where one is known. Undone by letting it wait no more. */
export function backorderLine(systems: ShopSystems) {
  return keyedTool(systems.orders, {
    kind: 'backorder_line',
    system: 'orders',
    args: Args,
    effect: ({ sku, qty, until }, { id, lines }) =>
      `Let ${qty} × ${lines.find((line) => line.sku === sku)?.name ?? sku} on order ${id} wait for stock${
        until ? ` until ${until.slice(0, 10)}` : ''
      }.`,
    reversible: true,
    send: (by, { order }, { sku, qty, until }, signal) =>
      systems.orders.backorderLine(by, order, { sku, qty }, until, signal),
    shows: async (action, { sku, until }, _receipt, signal) => {
      const line = (await orderNow(systems, action, signal))?.lines.find((one) => one.sku === sku)
      return line !== undefined && (line.backorderedUntil ?? null) === until
    },
  })
}
