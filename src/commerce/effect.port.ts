import type { ShopId } from '#domain/ids.ts'

/** A state and the version it had when it was read. Versions of one thing only grow. `at`: the system's own time then, ISO 8601; left out: it keeps ours. */
export type Versioned<Value> = { value: Value; version: number; at?: string }

/** How a system of the shop is asked for a change. */
export type Keyed = {
  shop: ShopId
  /**
   * Idempotency key. The same key with the same arguments has one effect and gets one answer, however often and from
   * wherever it comes; with other arguments it is refused with `key_reused`.
   */
  key: string
  /** The version the caller saw. A thing that has moved since refuses with `state_moved`. Left out: as it is now. */
  version?: number
}

/**
 * What became of a change. `receipt` names it in the system that made it, `at` is that system's time.
 * `unknown`: sent, and no answer came; ask by key. `why` is a code, e.g. `more_than_captured`.
 */
export type EffectOutcome =
  | { outcome: 'succeeded'; receipt: string; at: string }
  | { outcome: 'failed'; why: EffectRefusal }
  | { outcome: 'unknown' }

/** Why a system said no. A refusal has changed nothing. */
export type EffectRefusal =
  | 'unknown_order'
  | 'unknown_line'
  | 'unknown_shipment'
  | 'unknown_refund'
  | 'unknown_location'
  | 'unknown_customer'
  | 'unknown_effect'
  | 'key_reused'
  | 'state_moved'
  | 'not_now'
  | 'already_shipped'
  | 'already_cancelled'
  | 'already_done'
  | 'out_of_stock'
  | 'more_than_captured'
  | 'more_than_ordered'
  | 'units_settled'
  | 'not_captured'
  | 'authorisation_expired'
  | 'declined'
  | 'disputed'
  | 'other_currency'
  | 'not_reversible'
  | 'receipt_unknown'
  | 'rejected'

/** What every system that takes keyed changes offers. */
export type KeyedSystem = {
  /** What became of `key`; null when nothing with that key ever arrived. Settles an `unknown`. */
  effectByKey(shop: ShopId, key: string, signal: AbortSignal): Promise<EffectOutcome | null>
  /**
   * Takes back what `undone` (the key of an earlier change) did, under a key of its own, where nothing has built on it
   * since. Refused with `not_reversible`, `state_moved` or `unknown_effect`.
   */
  takeBack(by: Keyed, undone: string, signal: AbortSignal): Promise<EffectOutcome>
}
