import { z } from 'zod'
import { ownOf, type RetailPayment, withOwn } from './retail-order.ts'
import { isShort, methodsOf, type RetailTool, refused, withBalance } from './retail-tool.ts'

const Args = z.strictObject({ order_id: z.string(), payment_method_id: z.string() })
const PENDING = ['pending', 'pending (item modified)']

/** `modify_pending_order_payment`, rules MPY: paid again with the new way, and back the old one. Once an order. */
export const modifyPendingOrderPayment: RetailTool<typeof Args> = {
  name: 'modify_pending_order_payment',
  args: Args,
  about: ({ order_id: order }) => ({ order, customer: null }),
  decide(state, { payment_method_id: id }) {
    const { file, customer } = state
    if (!file) return refused('MPY-1')
    if (!PENDING.includes(file.order.status)) return refused('MPY-2')
    const method = methodsOf(state)[id]
    if (!method) return refused('MPY-3')
    const { payment_history: history } = ownOf(file)
    const [first] = history
    if (history.length !== 1 || first?.transaction_type !== 'payment') return refused('MPY-4')
    if (first.payment_method_id === id) return refused('MPY-5')
    if (isShort(method, first.amount)) return refused('MPY-6')
    const { amount, payment_method_id: old } = first
    const moves: RetailPayment[] = [
      { transaction_type: 'payment', amount, payment_method_id: id },
      { transaction_type: 'refund', amount, payment_method_id: old },
    ]
    return {
      outcome: 'done',
      file: withOwn(file, { own: { payment_history: [...history, ...moves] } }),
      own: withBalance(withBalance(customer?.own ?? {}, id, -amount), old, amount),
    }
  },
}
