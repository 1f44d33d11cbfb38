import type { ShopId } from '#domain/ids.ts'
import type { EventName } from './inbox.port.ts'

/** An event about an order or an exception, as it was sent. `data` is its JSON text. */
export type OrderEvent = EventName & { type: string; subject: string | null; data: string | null }

/** Events the inbox keeps for whoever looks after orders. Each is one that nobody acted on yet. */
export type OrderNews = {
  /** Oldest first. */
  waiting(shop: ShopId, limit: number, signal: AbortSignal): Promise<OrderEvent[]>
  /** They have been acted on. Said twice it changes nothing. */
  done(shop: ShopId, events: EventName[], at: Date, signal: AbortSignal): Promise<void>
}
