import type { ShopId } from '#domain/ids.ts'
import type { StockAt } from '#domain/order.ts'
import type { SandboxSystem } from './order-files.port.ts'

/**
 * What goes wrong with a call: lost on the way there, lost on the way back, sent away for now, failed at the other side,
 * or only slow. `duplicate` and `reorder` strike the delivery of events.
 */
export type SandboxFaultKind =
  | 'timeout_before'
  | 'timeout_after'
  | 'rate_limited'
  | 'server_error'
  | 'latency'
  | 'duplicate'
  | 'reorder'

/** `operation` is a method's name, `*` all of them. `share` of the calls (0–1) are struck, `timesLeft` of them at most. */
export type SandboxFault = {
  system: SandboxSystem | 'events' | '*'
  operation: string
  fault: SandboxFaultKind
  share: number
  timesLeft: number | null
  latencyMs: number
}
export type Strike = { fault: SandboxFaultKind; latencyMs: number }

export type RefundConfirmation = { afterMs: number; since: Date | null }

/** The sandbox's time, its faults and its shelves. Rows, so that every process of a shop sees them. */
export type SandboxControls = {
  now(shop: ShopId, signal: AbortSignal): Promise<Date>
  /** Lets the world's time stand still at `frozenAt`, or run `offsetMs` ahead of ours. */
  setClock(shop: ShopId, to: { frozenAt: Date | null; offsetMs: number }, signal: AbortSignal): Promise<void>
  /**
   * How long after its request a refund is confirmed by itself; null: only when told to. Refunds that were requested
   * before `since` are left as they are.
   */
  refundsConfirmAfter(shop: ShopId, confirm: RefundConfirmation | null, signal: AbortSignal): Promise<void>
  refundConfirmation(shop: ShopId, signal: AbortSignal): Promise<RefundConfirmation | null>
  addFault(shop: ShopId, fault: SandboxFault, signal: AbortSignal): Promise<void>
  clearFaults(shop: ShopId, signal: AbortSignal): Promise<void>
  /** The first fault that strikes this call, counted down; `roll` is in [0, 1). */
  strike(
    shop: ShopId,
    call: { system: SandboxFault['system']; operation: string; roll: number },
    signal: AbortSignal,
  ): Promise<Strike | null>
  /** Sets the places as told, and tells of it like any change. */
  putStock(shop: ShopId, places: StockAt[], signal: AbortSignal): Promise<void>
}
