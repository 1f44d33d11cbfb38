import type { ExceptionType } from './exception-type.ts'

/** What people write, by type; the first rule that holds. The narrower words come first. */
const WORDS: [ExceptionType, RegExp][] = [
  [
    'refund_pending_too_long',
    /\b(refund|money back|reimbursement|(rück)?erstattung|geld zurück)\b.{0,60}(pending|not\b|n't\b|never|stuck|waiting|late|failed|overdue|missing|nicht|nie|fehlt|aus)|(waiting|not|n't|never|still|warte|nicht|nie)\b.{0,40}\b(refund|my money|(rück)?erstattung|mein geld)\b|\b(my|our) money\b.{0,30}(not|n't|never)\b|\b(mein|unser) geld\b.{0,30}\b(nicht|nie)\b/i,
  ],
  [
    'delivered_not_received_claim',
    /(\b(not|never|nothing)|n't)\b.{0,30}(received?|arrived?|here|there|got|get|have|come)\b|\bnon[- ]?receipt|(says|marked|shown as|status|but|tracking) .?delivered.{0,60}(not|never|nothing|n't|no parcel)|delivered\b.{0,30}\bbut\b|\b(zugestellt|geliefert)\b.{0,60}\b(nicht|nichts|nie|kein)|\b(nicht|nie|kein paket|keine sendung)\b.{0,20}(angekommen|erhalten|bekommen|gekommen|eingetroffen|da\b)/i,
  ],
  [
    'damaged_in_transit',
    /\b(damag|broken|smashed|crushed|dented|shattered|cracked|scratched|beschädigt|kaputt|zerbrochen|defekt|zerkratzt|zerdrückt)/i,
  ],
  ['return_to_sender', /\breturn(ed|ing)?\b.{0,30}\b(to (the )?sender|shipper|dock|warehouse)|\bRTS\b/i],
  [
    'partial_shipment_short',
    /\b(short(age)?|missing (an? |one |some )?(items?|lines?|pieces?|parts?|article)|incomplete|only .{1,20} of|only .{1,30} instead|nur .{1,30} (an)?statt|(half|part|rest) of .{1,25} missing|empty|leer|fehlt|fehlen|unvollständig)\b|\b(items?|lines?|pieces?|parts?|articles?|one)\b.{0,25}\b(is|are|was|were)\b.{0,6}\bmissing\b/i,
  ],
  [
    'lost_in_transit',
    /\b(lost|missing|vanished|disappeared|cannot be located|no scan|verloren|verschwunden|verschollen)/i,
  ],
  ['duplicate_order', /\b(duplicate|ordered twice|same order|double order)/i],
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
