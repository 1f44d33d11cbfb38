import type { ExceptionType } from '#domain/exceptions/exception-type.ts'
import type { AnyPlaybook } from '../playbook.ts'
import { fraudHold } from './money/fraud-hold.ts'
import { paymentHold } from './money/payment-hold.ts'
import { priceMismatch } from './money/price-mismatch.ts'
import { refundPendingTooLong } from './money/refund-pending-too-long.ts'
import { addressInvalid } from './orders/address-invalid.ts'
import { customerRequest } from './orders/customer-request.ts'
import { duplicateOrder } from './orders/duplicate-order.ts'
import { outOfStockOpenOrder } from './orders/out-of-stock-open-order.ts'
import { carrierDelay } from './parcels/carrier-delay.ts'
import { carrierExceptionAddress } from './parcels/carrier-exception-address.ts'
import { damagedInTransit } from './parcels/damaged-in-transit.ts'
import { deliveredNotReceivedClaim } from './parcels/delivered-not-received-claim.ts'
import { lostInTransit } from './parcels/lost-in-transit.ts'
import { partialShipmentShort } from './parcels/partial-shipment-short.ts'
import { returnToSender } from './parcels/return-to-sender.ts'

/** The playbook of every type; a type without one does not compile. */
export const PLAYBOOKS: Readonly<Record<ExceptionType, AnyPlaybook>> = {
  carrier_delay: carrierDelay,
  carrier_exception_address: carrierExceptionAddress,
  address_invalid: addressInvalid,
  out_of_stock_open_order: outOfStockOpenOrder,
  payment_hold: paymentHold,
  lost_in_transit: lostInTransit,
  delivered_not_received_claim: deliveredNotReceivedClaim,
  damaged_in_transit: damagedInTransit,
  return_to_sender: returnToSender,
  fraud_hold: fraudHold,
  duplicate_order: duplicateOrder,
  partial_shipment_short: partialShipmentShort,
  price_mismatch: priceMismatch,
  refund_pending_too_long: refundPendingTooLong,
  customer_request: customerRequest,
}
