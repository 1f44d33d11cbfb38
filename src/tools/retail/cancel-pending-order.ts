import { z } from 'zod'
import { ownOf, type RetailPayment, withOwn } from './retail-order.ts'
import { type RetailTool, refused, withBalance } from './retail-tool.ts'

const REASONS = ['no longer needed', 'ordered by mistake']
const Args = z.strictObject({ order_id: z.string(), reason: z.string() })

/** `cancel_pending_order`, rules CAN: everything paid goes back the way it came, to gift cards at once. */
export const cancelPendingOrder: RetailTool<typeof Args> = {
  name: 'cancel_pending_order',
  args: Args,
  about: ({ order_id: order }) => ({ order, customer: null }),
  decide({ file, customer }, { reason }) {
    if (!file) return refused('CAN-1')
    if (file.order.status !== 'pending') return refused('CAN-2')
    if (!REASONS.includes(reason)) return refused('CAN-3')
    const { payment_history: history, requests } = ownOf(file)
    const refunds = history.map(
      ({ amount, payment_method_id }): RetailPayment => ({ transaction_type: 'refund', amount, payment_method_id }),
    )
    return {
      outcome: 'done',
      file: withOwn(file, {
        own: { payment_history: [...history, ...refunds], requests: { ...requests, cancel_reason: reason } },
        order: { status: 'cancelled', paymentStatus: 'refunded' },
      }),
      own: refunds.reduce(
        (own, { payment_method_id: id, amount }) => withBalance(own, id, amount),
        customer?.own ?? {},
      ),
    }
  },
}
