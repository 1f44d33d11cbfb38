import { z } from 'zod'
import { itemsOf, ownOf, withOwn } from './retail-order.ts'
import { Ids, isShort, methodsOf, pairsOf, placesOf, type RetailTool, refused } from './retail-tool.ts'

const Args = z.strictObject({
  order_id: z.string(),
  item_ids: Ids,
  new_item_ids: Ids,
  payment_method_id: z.string(),
})

/** `exchange_delivered_order_items`, rules EXC: an exchange is asked for; lines, payments and balances stay. */
export const exchangeDeliveredOrderItems: RetailTool<typeof Args> = {
  name: 'exchange_delivered_order_items',
  args: Args,
  about: ({ order_id: order }) => ({ order, customer: null }),
  decide(state, { item_ids: ids, new_item_ids: newIds, payment_method_id: id }) {
    const { file } = state
    if (!file) return refused('EXC-1')
    if (file.order.status !== 'delivered') return refused('EXC-2')
    const own = ownOf(file)
    const places = placesOf(itemsOf(file, own), ids)
    if (!places) return refused('EXC-3')
    if (ids.length !== newIds.length) return refused('EXC-4')
    const pairs = pairsOf(state, places, newIds)
    if (pairs.some(({ variant }) => variant === null)) return refused('EXC-5')
    if (pairs.some(({ variant }) => !variant?.available)) return refused('EXC-6')
    const method = methodsOf(state)[id]
    if (!method) return refused('EXC-7')
    const difference = pairs.reduce((sum, { item, variant }) => sum + (variant?.price ?? 0) - item.price, 0)
    if (isShort(method, difference)) return refused('EXC-8')
    const requests = {
      ...own.requests,
      exchange_items: [...ids].sort(),
      exchange_new_items: [...newIds].sort(),
      exchange_payment_method_id: id,
      exchange_price_difference: difference,
    }
    return { outcome: 'done', file: withOwn(file, { own: { requests }, order: { status: 'exchange requested' } }) }
  },
}
