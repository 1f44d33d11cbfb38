import type { ActionTools } from '../action-tool.port.ts'
import type { ShopSystems } from './keyed-tool.ts'
import { askCustomer } from './letters/ask-customer.ts'
import { notifyCustomer } from './letters/notify-customer.ts'
import { requestAddress } from './letters/request-address.ts'
import { requestEvidence } from './letters/request-evidence.ts'
import { requestPaymentMethod } from './letters/request-payment-method.ts'
import { chaseRefund } from './money/chase-refund.ts'
import { credit } from './money/credit.ts'
import { refund } from './money/refund.ts'
import { reissueRefund } from './money/reissue-refund.ts'
import { retryPayment } from './money/retry-payment.ts'
import { cancelLine } from './orders/cancel-line.ts'
import { cancelOrder } from './orders/cancel-order.ts'
import { correctPrice } from './orders/correct-price.ts'
import { holdOrder } from './orders/hold-order.ts'
import { openReturn } from './orders/open-return.ts'
import { releaseHold } from './orders/release-hold.ts'
import { updateShippingAddress } from './orders/update-shipping-address.ts'
import { fileCarrierClaim } from './parcels/file-carrier-claim.ts'
import { openCarrierTrace } from './parcels/open-carrier-trace.ts'
import { backorderLine } from './stock/backorder-line.ts'
import { reallocateStock } from './stock/reallocate-stock.ts'
import { reship } from './stock/reship.ts'

/** Every kind of action that changes something outside, over one shop's systems. */
export function actionTools(systems: ShopSystems): ActionTools {
  return {
    notify_customer: notifyCustomer(systems),
    ask_customer: askCustomer(systems),
    request_address: requestAddress(systems),
    request_evidence: requestEvidence(systems),
    request_payment_method: requestPaymentMethod(systems),
    update_shipping_address: updateShippingAddress(systems),
    hold_order: holdOrder(systems),
    release_hold: releaseHold(systems),
    retry_payment: retryPayment(systems),
    cancel_order: cancelOrder(systems),
    cancel_line: cancelLine(systems),
    backorder_line: backorderLine(systems),
    reallocate_stock: reallocateStock(systems),
    reship: reship(systems),
    refund: refund(systems),
    credit: credit(systems),
    reissue_refund: reissueRefund(systems),
    chase_refund: chaseRefund(systems),
    correct_price: correctPrice(systems),
    open_carrier_trace: openCarrierTrace(systems),
    file_carrier_claim: fileCarrierClaim(systems),
    open_return: openReturn(systems),
  }
}
