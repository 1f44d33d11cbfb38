import type { ShopSystems } from '../keyed-tool.ts'
import { letterTool } from './letter.ts'

/** Action `ask_customer`: a question only the customer can answer. */
export function askCustomer(systems: ShopSystems) {
  return letterTool(systems, {
    kind: 'ask_customer',
    topic: 'a question about your order',
    standard: 'We have a question about your order. Is everything on it as you meant it? Please reply to this message.',
    does: (order) => `Ask the customer whether order ${order} is as they meant it.`,
  })
}
