import type { Id, ShopId } from '#domain/ids.ts'

export type OutboxId = Id<'out'>
/** Work that a committed transaction asked for. `name` is the queue it goes to. */
export type OutboxEntry = { id: OutboxId; shop: ShopId; name: string; payload: Record<string, unknown> }

/** What was written together with a change and still has to reach the queue. An entry stays until it is marked as sent. */
export type Outbox = {
  /** Oldest first. */
  pending(shop: ShopId, limit: number, signal: AbortSignal): Promise<OutboxEntry[]>
  sent(shop: ShopId, ids: OutboxId[], signal: AbortSignal): Promise<void>
}
