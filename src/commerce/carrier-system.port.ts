import type { OrderId, ShopId } from '#domain/ids.ts'
import type { Shipment } from '#domain/order.ts'
import type { EffectOutcome, Keyed, KeyedSystem, Versioned } from './effect.port.ts'

/** The carriers, all of them behind one port. Throws Fault retryable `commerce.carrier.unreachable` while nothing has been sent. */
export type CarrierSystem = KeyedSystem & {
  /** The order's parcels with every event the carriers told, in the order they came: late, repeated and out of order. */
  parcels(shop: ShopId, order: OrderId, signal: AbortSignal): Promise<Versioned<Shipment[]>>
  /** Asks the carrier to look for a parcel; null: the order's newest. A second trace on one parcel is refused with `already_done`. */
  openTrace(by: Keyed, order: OrderId, shipment: string | null, signal: AbortSignal): Promise<EffectOutcome>
  /** Claims `amount` (minor units of the order's currency) for a lost or damaged parcel. One claim a parcel. */
  fileClaim(
    by: Keyed,
    order: OrderId,
    claim: { shipment: string | null; amount: number; reason: string },
    signal: AbortSignal,
  ): Promise<EffectOutcome>
}
