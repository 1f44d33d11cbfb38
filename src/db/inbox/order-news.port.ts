import type { ShopId } from '#domain/ids.ts'
import type { EventName, EventProblem } from './inbox.port.ts'

/** An event about an order or an exception, as it was sent. `data` is its JSON text. */
export type OrderEvent = EventName & { type: string; subject: string | null; data: string | null }
/** `position` counts what was taken in; `isDue`: it did not fail, or the pause after that is over. */
export type WaitingNews = OrderEvent & { position: string; attempts: number; isDue: boolean }

/** Events the inbox keeps for whoever looks after orders. Each is one that nobody acted on yet. */
export type OrderNews = {
  /** Oldest first, those alone that came after the position `after`; also those that are not due. */
  waiting(
    shop: ShopId,
    page: { after: string | null; at: Date; limit: number },
    signal: AbortSignal,
  ): Promise<WaitingNews[]>
  /** They have been acted on. Said twice it changes nothing. */
  done(shop: ShopId, events: EventName[], at: Date, signal: AbortSignal): Promise<void>
  /** One more attempt failed: looked at again at `lookAgainAt`, or parked with its problem when that is null. */
  failed(
    shop: ShopId,
    event: EventName,
    problem: EventProblem,
    lookAgainAt: Date | null,
    at: Date,
    signal: AbortSignal,
  ): Promise<void>
}
