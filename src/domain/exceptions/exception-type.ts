/** What can go wrong with an order. A playbook each in `agents/order-exception/playbooks`. */
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
] as const
export type ExceptionType = (typeof EXCEPTION_TYPES)[number]

export function isExceptionType(text: string): text is ExceptionType {
  return (EXCEPTION_TYPES as readonly string[]).includes(text)
}
