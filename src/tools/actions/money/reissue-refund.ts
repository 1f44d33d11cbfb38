import { z } from 'zod'
import { moneyText } from '#domain/money.ts'
import { keyedTool, type ShopSystems } from '../keyed-tool.ts'
import { amount, word } from '../read-args.ts'
import { NO_ORDER, orderMoney } from './order-money.ts'

const Args = z.strictObject({ refundId: word, amount })

/** Action `reissue_refund`: once more what the provider failed to pay back. Not reversible. */
export function reissueRefund(systems: ShopSystems) {
  return keyedTool(systems.payments, {
    kind: 'reissue_refund',
    system: 'payments',
    args: Args,
    effect: (args, { id, currency }) =>
      `Refund ${moneyText({ amount: args.amount, currency }, 'en')} of order ${id} again, in place of the failed refund ${args.refundId}.`,
    atStake: (args, { currency }) => ({ amount: args.amount, currency }),
    reversible: false,
    async send(by, action, args, signal) {
      const money = await orderMoney(systems, action, args.amount, signal)
      return money ? systems.payments.reissueRefund(by, action.order, args.refundId, money, signal) : NO_ORDER
    },
    async shows({ shop, order }, _args, receipt, signal) {
      const payment = await systems.payments.payment(shop, order, signal)
      return payment?.value.refunds.some(({ id, status }) => id === receipt && status !== 'failed') ?? false
    },
  })
}
