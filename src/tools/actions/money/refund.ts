import { z } from 'zod'
import { moneyText } from '#domain/money.ts'
import { keyedTool, type ShopSystems } from '../keyed-tool.ts'
import { amount, units, word } from '../read-args.ts'
import { NO_ORDER, orderMoney } from './order-money.ts'

const Args = z.strictObject({
  amount,
  sku: word.optional().describe('The line it is for'),
  qty: z.int().positive().optional().describe('Units of that line, 1 when left out'),
  lines: z.array(units).min(1).max(100).optional().describe('Units of several lines it is for'),
  reason: word.optional(),
})

/**
 * Action `refund`, to the way the order was paid. Not reversible. The provider confirms later; until then it is pending. Named
 * units are never sent again as well.
 */
export function refund(systems: ShopSystems) {
  return keyedTool(systems.payments, {
    kind: 'refund',
    system: 'payments',
    args: Args,
    effect: (args, { id, currency }) =>
      `Refund ${moneyText({ amount: args.amount, currency }, 'en')} of order ${id} to the way it was paid.`,
    atStake: (args, { currency }) => ({ amount: args.amount, currency }),
    reversible: false,
    async send(by, action, args, signal) {
      const money = await orderMoney(systems, action, args.amount, signal)
      return money ? systems.payments.refund(by, action.order, money, unitsOf(args), signal) : NO_ORDER
    },
    async shows({ shop, order }, _args, receipt, signal) {
      const payment = await systems.payments.payment(shop, order, signal)
      return payment?.value.refunds.some(({ id, status }) => id === receipt && status !== 'failed') ?? false
    },
  })
}

function unitsOf({ sku, qty, lines }: z.infer<typeof Args>) {
  return lines ?? (sku === undefined ? null : [{ sku, qty: qty ?? 1 }])
}
