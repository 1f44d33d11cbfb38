import type { ShopSystems } from '../keyed-tool.ts'
import { letterTool } from './letter.ts'

/** Action `request_address`: asks for the right delivery address. */
export function requestAddress(systems: ShopSystems) {
  return letterTool(systems, {
    kind: 'request_address',
    topic: 'your delivery address',
    standard: 'We cannot deliver to the address on your order. Please send us the complete delivery address.',
    does: (order) => `Ask the customer of order ${order} for the right delivery address.`,
  })
}
