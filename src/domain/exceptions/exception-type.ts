/** What a case about an order can be. A playbook each in `agents/order-exception/playbooks`. */
export const EXCEPTION_TYPES = [
  'carrier_delay',
  'carrier_exception_address',
  'address_invalid',
  'out_of_stock_open_order',
  'payment_hold',
  'lost_in_transit',
  'delivered_not_received_claim',
  'damaged_in_transit',
  'return_to_sender',
  'fraud_hold',
  'duplicate_order',
  'partial_shipment_short',
  'price_mismatch',
  'refund_pending_too_long',
  // Nothing went wrong: a customer asks for something to be done to their order (`customer-request.ts`).
  'customer_request',
] as const
export type ExceptionType = (typeof EXCEPTION_TYPES)[number]

export function isExceptionType(text: string): text is ExceptionType {
  return (EXCEPTION_TYPES as readonly string[]).includes(text)
}

/** The types that tell of something that went wrong: all but what a customer asks for. */
export const WENT_WRONG = EXCEPTION_TYPES.filter((type) => type !== 'customer_request')
