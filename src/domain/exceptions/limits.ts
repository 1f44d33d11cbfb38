/** A shop's own limits, part of its policy. Amounts are minor units of the order's currency and inclusive: `amount <= max` is automatic. */
export type ShopLimits = {
  approvals: { refundAutoMax: number; reshipAutoMax: number; creditAutoMax: number; addressChangeAutoMax: number }
  /** A delay of at most `noticeDays` calendar days is waited out; a longer one is credited with `creditPct` % of the total. */
  delay: { noticeDays: number; creditPct: number }
  /** Days of 24 h without a scan after which a parcel counts as lost. */
  lostAfterDays: number
  /** 0–1: from here on an address suggestion is taken for right. */
  addressMinConfidence: number
  payment: { retryMax: number; cancelAfterDays: number }
  backorderMaxDays: number
  duplicateWindowMinutes: number
  claims: { escalateAtPriorClaims: number }
  /** Off by more than this share (%) of the list price is a pricing error, and a person's matter. */
  priceMaxPct: number
  refundOverdueDays: number
}
