import { z } from 'zod'
import { moneyText } from '#domain/money.ts'
import { keyedTool, orderNow, type ShopSystems } from '../keyed-tool.ts'
import { amount, word } from '../read-args.ts'

const Args = z.strictObject({ sku: word, unitPrice: amount })

/** Action `correct_price`: a line's price before it is sent; the order's total follows. Undone by the old price. */
export function correctPrice(systems: ShopSystems) {
  return keyedTool(systems.orders, {
    kind: 'correct_price',
    system: 'orders',
    args: Args,
    effect: ({ sku, unitPrice }, { id, lines, currency }) => {
      const line = lines.find((one) => one.sku === sku)
      const price = (minor: number) => moneyText({ amount: minor, currency }, 'en')
      const before = line ? ` instead of ${price(line.unitPrice)}` : ''
      return `Charge ${price(unitPrice)} a piece${before} for ${line?.name ?? sku} on order ${id}.`
    },
    reversible: true,
    send: (by, { order }, { sku, unitPrice }, signal) => systems.orders.correctPrice(by, order, sku, unitPrice, signal),
    shows: async (action, { sku, unitPrice }, _receipt, signal) => {
      const order = await orderNow(systems, action, signal)
      return order?.lines.some((line) => line.sku === sku && line.unitPrice === unitPrice) ?? false
    },
  })
}
