/** PostgreSQL's LISTEN/NOTIFY: a knock on the door from any process after its commit. The payload is a hint, the tables are the truth. */
export type Notifications = {
  /**
   * Calls `onKnock` after every commit that notified `channel`, and once after each reconnection (payload null), since
   * knocks may have been missed meanwhile. Returns what stops it.
   */
  listen(channel: NotificationChannel, onKnock: (payload: string | null) => void): () => void
  close(signal: AbortSignal): Promise<void>
}

/** `knowledge`: payload is the shop whose content changed. `conversation`: `shop:conversation`. `stopped`: the question whose answer is not wanted any more. `imports`, `vectors`, `outbox`, `inbox`, `sandbox`: the shop. `sources`: `shop:time` of a look that is wanted now. `cases`: the shop, where something about an exception was written to the audit. `desk`: JSON, see db/desk/desk-knocks.postgres.ts. */
export type NotificationChannel =
  | 'knowledge'
  | 'conversation'
  | 'stopped'
  | 'imports'
  | 'vectors'
  | 'outbox'
  | 'desk'
  | 'inbox'
  | 'cases'
  | 'sources'
  | 'sandbox'
