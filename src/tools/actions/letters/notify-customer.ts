import type { ShopSystems } from '../keyed-tool.ts'
import { letterTool } from './letter.ts'

/** Action `notify_customer`: says how the order stands. Promises and reports nothing by itself. */
export function notifyCustomer(systems: ShopSystems) {
  return letterTool(systems, {
    kind: 'notify_customer',
    topic: 'your order',
    standard: 'There is news about your order. We are looking after it and will write again as soon as we know more.',
    does: (order) => `Write to the customer how order ${order} stands.`,
  })
}
