import type { ExceptionType } from './exception-type.ts'

/** What people write, by type; the first rule that holds. The narrower words come first. */
const WORDS: [ExceptionType, RegExp][] = [
  [
    'delivered_not_received_claim',
    /\b(not|never|nothing|n't).{0,30}(received|arrived|here|there|got|have)|\bnon[- ]?receipt|(says|marked|shown as|status) .?delivered.{0,60}(not|never|nothing|n't|no parcel)/i,
  ],
  ['damaged_in_transit', /\b(damag|broken|smashed|crushed|dented|shattered|beschädigt|kaputt)/i],
  ['return_to_sender', /\breturn(ed|ing)?\b.{0,30}\b(to (the )?sender|shipper|dock|warehouse)|\bRTS\b/i],
  ['lost_in_transit', /\b(lost|missing parcel|cannot be located|no scan)/i],
  [
    'refund_pending_too_long',
    /\brefund\b.{0,60}(pending|not (yet )?(arrived|received|credited)|stuck|waiting|late|failed)/i,
  ],
  ['duplicate_order', /\b(duplicate|ordered twice|same order|double order)/i],
  ['partial_shipment_short', /\b(short(age)?|missing (item|line|piece)|incomplete|only .{1,20} of)/i],
  ['price_mismatch', /\bprice|overcharg|undercharg/i],
  ['fraud_hold', /\b(fraud|stolen card|chargeback risk|risk score)/i],
  ['payment_hold', /\bpayment\b|declin|card refused/i],
  ['out_of_stock_open_order', /\b(out of stock|stock|discontinued|sold out)/i],
  ['carrier_exception_address', /\bcarrier\b.{0,60}address|undeliverable|cannot be delivered/i],
  ['address_invalid', /\b(address|postal code|postcode|zip)\b/i],
  ['carrier_delay', /\b(delay|late|overdue|slow|not on time)/i],
]

/** The type a free report tells of; null where its words do not say. Words choose the playbook alone: what is done, facts decide. */
export function typeOfReport(detail: string): ExceptionType | null {
  return WORDS.find(([, words]) => words.test(detail))?.[0] ?? null
}
