import { z } from 'zod'
import { itemsOf, ownOf, withOwn } from './retail-order.ts'
import { Ids, methodsOf, placesOf, type RetailTool, refused } from './retail-tool.ts'

const Args = z.strictObject({ order_id: z.string(), item_ids: Ids, payment_method_id: z.string() })

/** `return_delivered_order_items`, rules RET: a return is asked for; money moves when the parcel is back. */
export const returnDeliveredOrderItems: RetailTool<typeof Args> = {
  name: 'return_delivered_order_items',
  args: Args,
  about: ({ order_id: order }) => ({ order, customer: null }),
  decide(state, { item_ids: ids, payment_method_id: id }) {
    const { file } = state
    if (!file) return refused('RET-1')
    if (file.order.status !== 'delivered') return refused('RET-2')
    const method = methodsOf(state)[id]
    if (!method) return refused('RET-3')
    const own = ownOf(file)
    if (own.payment_history[0]?.payment_method_id !== id && method.source !== 'gift_card') return refused('RET-4')
    if (!placesOf(itemsOf(file, own), ids)) return refused('RET-5')
    const requests = { ...own.requests, return_items: [...ids].sort(), return_payment_method_id: id }
    return { outcome: 'done', file: withOwn(file, { own: { requests }, order: { status: 'return requested' } }) }
  },
}
