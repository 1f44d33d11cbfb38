import type { ShopId } from '#domain/ids.ts'

/** Whose key it is: one caller's keys mean nothing to another. `proof` is the SHA-256 of the Idempotency-Key header. */
export type IdempotencyKey = { shop: ShopId; caller: string; proof: string }

export type IdempotencyClaim =
  /** The first with this key, or the one before it died without an answer: do the work, then `finish` or `drop`. */
  | { outcome: 'yours' }
  | { outcome: 'done'; status: number; response: Uint8Array }
  | { outcome: 'mismatch' }
  /** Someone is at it; ask again. */
  | { outcome: 'running' }

/** Responses of writes by the caller's key. `response` is opaque here, encrypted by who stores it. */
export type IdempotencyStore = {
  /** `fingerprint` stands for method, path and body; `runningUntil` is when this attempt counts as dead. */
  claim(
    key: IdempotencyKey,
    attempt: { fingerprint: string; at: Date; runningUntil: Date; expiresAt: Date },
    signal: AbortSignal,
  ): Promise<IdempotencyClaim>
  /** A first attempt that is still at it counts as alive until then. */
  renew(key: IdempotencyKey, runningUntil: Date, signal: AbortSignal): Promise<void>
  finish(key: IdempotencyKey, answer: { status: number; response: Uint8Array }, signal: AbortSignal): Promise<void>
  /** Forgets an attempt that came to nothing, so that the next one does the work. */
  drop(key: IdempotencyKey, signal: AbortSignal): Promise<void>
  /** Removes what expired before `at`; gives how many. */
  purge(shop: ShopId, at: Date, signal: AbortSignal): Promise<number>
}
