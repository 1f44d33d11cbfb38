import type { ShopSystems } from '../keyed-tool.ts'
import { letterTool } from './letter.ts'

/** Action `request_payment_method`: asks for another way to pay. */
export function requestPaymentMethod(systems: ShopSystems) {
  return letterTool(systems, {
    kind: 'request_payment_method',
    topic: 'the payment of your order',
    standard: 'The payment of your order did not go through. Please choose another way to pay in your account.',
    does: (order) => `Ask the customer of order ${order} for another way to pay.`,
  })
}
