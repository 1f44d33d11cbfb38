import type { Notifications } from '#db/notifications.port.ts'
import type { MessageId } from '#domain/ids.ts'

/** The questions being answered in this process, so that a shopper's stop reaches the work on them. */
export type Stops = {
  /** `stopped` aborts when the question is stopped, here or in another process, until `end` forgets it. */
  watch(question: MessageId): { stopped: AbortSignal; end(): void }
  /** The question is settled otherwise: whoever still works on it here may end. */
  stop(question: MessageId): void
}

/** Stops over the database's knock. A knock may be lost; who works long asks the database as well. */
export function stops(notifications: Pick<Notifications, 'listen'>, lifetime: AbortSignal): Stops {
  const watched = new Map<string, AbortController>()
  const stop = (question: string) => watched.get(question)?.abort(new Error('stopped by the shopper'))
  const unlisten = notifications.listen('stopped', (question) => question !== null && stop(question))
  lifetime.addEventListener('abort', unlisten, { once: true })
  return {
    watch(question) {
      const controller = new AbortController()
      watched.set(question, controller)
      return { stopped: controller.signal, end: () => void watched.delete(question) }
    },
    stop,
  }
}
