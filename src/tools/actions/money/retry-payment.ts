import { z } from 'zod'
import { moneyText } from '#domain/money.ts'
import { keyedTool, type ShopSystems } from '../keyed-tool.ts'

const Args = z.strictObject({})

/** Action `retry_payment`: one more attempt to take an unpaid order's money. Not reversible: money taken is refunded by an action of its own. */
export function retryPayment(systems: ShopSystems) {
  return keyedTool(systems.payments, {
    kind: 'retry_payment',
    system: 'payments',
    args: Args,
    effect: (_args, { id, total, currency }) =>
      `Try once more to take ${moneyText({ amount: total, currency }, 'en')} for order ${id}.`,
    reversible: false,
    send: (by, { order }, _args, signal) => systems.payments.retry(by, order, signal),
    async shows({ shop, order }, _args, _receipt, signal) {
      const payment = await systems.payments.payment(shop, order, signal)
      return (payment?.value.captured ?? 0) > 0
    },
  })
}
