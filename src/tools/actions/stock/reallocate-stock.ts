import { keyedTool, orderNow, type ShopSystems } from '../keyed-tool.ts'
import { units, word } from '../read-args.ts'

const Args = units.extend({ location: word })

/** Action `reallocate_stock`: another place picks the line. Undone by giving it back to the place it came from. */
export function reallocateStock(systems: ShopSystems) {
  return keyedTool(systems.stock, {
    kind: 'reallocate_stock',
    system: 'inventory',
    args: Args,
    effect: ({ sku, qty, location }, { id, lines }) =>
      `Pick ${qty} × ${lines.find((line) => line.sku === sku)?.name ?? sku} of order ${id} at ${location}.`,
    reversible: true,
    send: (by, { order }, { sku, qty, location }, signal) =>
      systems.stock.reallocate(by, order, { sku, qty }, location, signal),
    shows: async (action, { sku, location }, _receipt, signal) => {
      const order = await orderNow(systems, action, signal)
      return order?.lines.some((line) => line.sku === sku && line.location === location) ?? false
    },
  })
}
