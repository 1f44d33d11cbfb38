import type { ShopId } from '#domain/ids.ts'

/** A CloudEvent as the sandbox tells it. `id` never repeats within a shop's database. */
export type SandboxEvent = {
  specversion: '1.0'
  id: string
  source: string
  type: string
  subject: string
  time: string
  sequence?: number
  data: Record<string, unknown>
}

/** The sandbox's outbox: what happened in its world and has not been told yet. */
export type SandboxEvents = {
  /** Oldest first. */
  pending(shop: ShopId, limit: number, signal: AbortSignal): Promise<SandboxEvent[]>
  told(shop: ShopId, ids: string[], signal: AbortSignal): Promise<void>
}
