import { z } from 'zod'
import { withOwn } from './retail-order.ts'
import { Address, type RetailTool, refused } from './retail-tool.ts'

const Args = Address.extend({ order_id: z.string() })
const PENDING = ['pending', 'pending (item modified)']

/** `modify_pending_order_address`, rules MAD: the whole address of the order; the customer's own stays. */
export const modifyPendingOrderAddress: RetailTool<typeof Args> = {
  name: 'modify_pending_order_address',
  args: Args,
  about: ({ order_id: order }) => ({ order, customer: null }),
  decide({ file }, { address1, address2, city, state, country, zip }) {
    if (!file) return refused('MAD-1')
    if (!PENDING.includes(file.order.status)) return refused('MAD-2')
    const { name } = file.order.shippingAddress
    const shippingAddress = { name, line1: address1, line2: address2, city, region: state, postalCode: zip, country }
    return { outcome: 'done', file: withOwn(file, { order: { shippingAddress } }) }
  },
}
