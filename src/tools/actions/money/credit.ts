import { z } from 'zod'
import { moneyText } from '#domain/money.ts'
import { keyedTool, type ShopSystems } from '../keyed-tool.ts'
import { amount, word } from '../read-args.ts'
import { NO_ORDER, orderMoney } from './order-money.ts'

const Args = z.strictObject({ amount, reason: word.optional() })

/** Action `credit`: shop credit for the customer. Undone while it has not been spent. */
export function credit(systems: ShopSystems) {
  return keyedTool(systems.payments, {
    kind: 'credit',
    system: 'payments',
    args: Args,
    effect: (args, { id, currency }) =>
      `Give the customer of order ${id} ${moneyText({ amount: args.amount, currency }, 'en')} of shop credit.`,
    atStake: (args, { currency }) => ({ amount: args.amount, currency }),
    reversible: true,
    async send(by, action, args, signal) {
      const money = await orderMoney(systems, action, args.amount, signal)
      return money ? systems.payments.credit(by, action.order, money, signal) : NO_ORDER
    },
    shows: async (_action, _args, receipt) => receipt !== '',
  })
}
