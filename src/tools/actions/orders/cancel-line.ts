import { moneyText } from '#domain/money.ts'
import { keyedTool, type ShopSystems } from '../keyed-tool.ts'
import { units } from '../read-args.ts'

/** Action `cancel_line`: units off an order that was not sent. Undone by putting them back, while nothing else changed its lines. */
export function cancelLine(systems: ShopSystems) {
  return keyedTool(systems.orders, {
    kind: 'cancel_line',
    system: 'orders',
    args: units,
    effect: ({ sku, qty }, { id, lines, currency }) => {
      const line = lines.find((one) => one.sku === sku)
      const worth = line ? ` (${moneyText({ amount: qty * line.unitPrice, currency }, 'en')})` : ''
      return `Take ${qty} × ${line?.name ?? sku}${worth} off order ${id}.`
    },
    reversible: true,
    send: (by, { order }, line, signal) => systems.orders.cancelLine(by, order, line, signal),
    // What is left of a line does not tell what was taken off it; the order system's own receipt does.
    shows: async (_action, _args, receipt) => receipt !== '',
  })
}
