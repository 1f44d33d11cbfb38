import type { EventState, ListedEvent } from '#db/inbox/inbox.port.ts'
import type { ShopId } from '#domain/ids.ts'

/** `index` is the event's place in the batch, from 0. */
export type RejectedEvent = { index: number; id: string | null; code: string; message: string }
export type Intake = { accepted: number; duplicates: number; rejected: RejectedEvent[] }

/** What other systems say happened in the shop. */
export type Events = {
  /**
   * Takes in one CloudEvent or a batch. Once it resolves, accepted events are durable and take effect by themselves, once each;
   * bad ones are named and stop no other. Throws Fault user `ingest.event.not_readable` (400) when `body` is neither an object
   * nor an array, `ingest.event.too_many` (413) over 1,000 events.
   */
  accept(shop: ShopId, body: unknown, signal: AbortSignal): Promise<Intake>
  /**
   * Applies what waits and is due, until nothing is left, and gives how many events that were. An event that cannot be applied
   * is parked with the reason, or tried again later; it holds up no other. Throws retryable Faults of the inbox.
   */
  settle(shop: ShopId, signal: AbortSignal): Promise<number>
  /** Newest first. */
  list(
    shop: ShopId,
    page: { states: EventState[]; cursor: string | null; limit: number },
    signal: AbortSignal,
  ): Promise<{ items: ListedEvent[]; nextCursor: string | null }>
  /** Forgets what was settled over 30 days ago, and the rest after `retentionDays`; gives how many events that were. */
  tidy(shop: ShopId, retentionDays: number, signal: AbortSignal): Promise<number>
}
