import type { Notifications } from '#db/notifications.port.ts'
import type { ConversationId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'

/** One listener's bell: rings that came while nobody waited are not lost. */
export type Bell = {
  /** Resolves at the next ring (or at once, if it rang since the last call), at the latest after `ms`. Rejects with the signal's reason. */
  rung(ms: number, signal: AbortSignal): Promise<void>
  stop(): void
}

/** Rings whenever something happened in a conversation, in this process or (through the database's knock) in another. */
export type Bells = {
  ring(conversation: ConversationId): void
  listen(conversation: ConversationId): Bell
  close(): void
}

/** Bells for all conversations over one notification channel. */
export function conversationBells(notifications: Notifications, clock: Clock): Bells {
  const listeners = new Map<string, Set<() => void>>()
  const ring = (conversation: string) => {
    for (const wake of listeners.get(conversation) ?? []) wake()
  }
  const stop = notifications.listen('conversation', (payload) => {
    // Null: the connection was away, so anything may have happened.
    if (payload === null) for (const conversation of listeners.keys()) ring(conversation)
    else ring(payload.slice(payload.indexOf(':') + 1))
  })
  return {
    ring,
    listen(conversation) {
      let rang = false
      let wake: (() => void) | null = null
      const onRing = () => {
        rang = true
        wake?.()
      }
      const set = listeners.get(conversation) ?? new Set()
      listeners.set(conversation, set.add(onRing))
      return {
        async rung(ms, signal) {
          signal.throwIfAborted()
          if (!rang) {
            const awake = new AbortController()
            wake = () => awake.abort()
            await clock.sleep(ms, AbortSignal.any([signal, awake.signal])).catch(() => {})
            wake = null
            signal.throwIfAborted()
          }
          rang = false
        },
        stop() {
          set.delete(onRing)
          if (set.size === 0) listeners.delete(conversation)
        },
      }
    },
    close: stop,
  }
}
