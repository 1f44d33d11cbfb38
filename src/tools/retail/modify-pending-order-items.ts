import { z } from 'zod'
import { itemsOf, ownOf, type RetailPayment, withItems, withOwn } from './retail-order.ts'
import { Ids, isShort, methodsOf, pairsOf, placesOf, type RetailTool, refused, withBalance } from './retail-tool.ts'

const Args = z.strictObject({
  order_id: z.string(),
  item_ids: Ids,
  new_item_ids: Ids,
  payment_method_id: z.string(),
})

/** `modify_pending_order_items`, rules MIT: other variants of the same products, once an order; the difference is paid or given back. */
export const modifyPendingOrderItems: RetailTool<typeof Args> = {
  name: 'modify_pending_order_items',
  args: Args,
  about: ({ order_id: order }) => ({ order, customer: null }),
  decide(state, { item_ids: ids, new_item_ids: newIds, payment_method_id: method }) {
    const { file, customer } = state
    if (!file) return refused('MIT-1')
    if (file.order.status !== 'pending') return refused('MIT-2')
    const items = itemsOf(file, ownOf(file))
    const places = placesOf(items, ids)
    if (!places) return refused('MIT-3')
    if (ids.length !== newIds.length) return refused('MIT-4')
    if (ids.some((id, at) => id === newIds[at])) return refused('MIT-5')
    const pairs = pairsOf(state, places, newIds)
    if (pairs.some(({ variant }) => variant === null)) return refused('MIT-6')
    if (pairs.some(({ variant }) => !variant?.available)) return refused('MIT-7')
    if (!methodsOf(state)[method]) return refused('MIT-8')
    const difference = pairs.reduce((sum, { item, variant }) => sum + (variant?.price ?? 0) - item.price, 0)
    if (isShort(methodsOf(state)[method], difference)) return refused('MIT-9')
    const changed = items.map((item, at) => {
      const variant = pairs.find(({ place }) => place === at)?.variant
      return variant ? { ...item, item_id: variant.item_id, price: variant.price, options: variant.options } : item
    })
    const move: RetailPayment = {
      transaction_type: difference > 0 ? 'payment' : 'refund',
      amount: Math.abs(difference),
      payment_method_id: method,
    }
    const after = withItems(file, changed)
    return {
      outcome: 'done',
      file: withOwn(after, {
        own: { payment_history: [...ownOf(file).payment_history, move] },
        order: { status: 'pending (item modified)' },
      }),
      own: withBalance(customer?.own ?? {}, method, -difference),
    }
  },
}
