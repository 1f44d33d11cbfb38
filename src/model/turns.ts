import type { Clock } from '#telemetry/clock.port.ts'

/**
 * After a question background work waits this long (ms): a shopper's question asks for several vectors, a few ms apart, and each
 * would wait for a background text that began in between.
 */
const GRACE_MS = 30
/** However many questions come, background work gets a turn this often (ms). */
const LONGEST_HOLD_MS = 250

export type Priority = 'question' | 'background'
type Turn = { start(): void; drop(): void }

/**
 * Lets one task run at a time, or `atOnce` where they are questions. A question goes before all background work that has not
 * begun; within a priority the order is that of asking. With a clock, background work also waits a moment after a question, for
 * the next. Rejects with the signal's reason when aborted before or during the turn.
 */
export function turns(clock: Clock | null = null, atOnce = 1) {
  const waiting: Record<Priority, Set<Turn>> = { question: new Set(), background: new Set() }
  /** Tasks under way. */
  let busy = 0
  let lastQuestion = Number.NEGATIVE_INFINITY
  let lastBackground = Number.NEGATIVE_INFINITY
  let holding = false

  function next(): void {
    const priority: Priority = waiting.question.size > 0 ? 'question' : 'background'
    if (busy >= (priority === 'question' ? atOnce : 1)) return
    const [turn] = waiting[priority]
    if (!turn) return
    if (priority === 'background' && isHeld()) return
    waiting[priority].delete(turn)
    busy += 1
    if (priority === 'background' && clock) lastBackground = clock.elapsed()
    turn.start()
  }

  function ended(priority: Priority): void {
    busy -= 1
    if (priority === 'question' && clock) lastQuestion = clock.elapsed()
    next()
  }

  /** Whether a question was answered just now; then the line is looked at again after the grace. */
  function isHeld(): boolean {
    if (!clock) return false
    const now = clock.elapsed()
    const grace = lastQuestion + GRACE_MS - now
    if (grace <= 0 || now - lastBackground > LONGEST_HOLD_MS) return false
    if (!holding) {
      holding = true
      void clock.sleep(grace, new AbortController().signal).then(() => {
        holding = false
        next()
      })
    }
    return true
  }

  return {
    async take<Result>(priority: Priority, task: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
      signal.throwIfAborted()
      return await new Promise<Result>((resolve, reject) => {
        const turn: Turn = {
          start() {
            task()
              .then(resolve, reject)
              .finally(() => {
                signal.removeEventListener('abort', turn.drop)
                ended(priority)
              })
          },
          // Mid-turn the work goes on (it cannot be stopped) and only its result is thrown away.
          drop() {
            waiting[priority].delete(turn)
            reject(signal.reason)
          },
        }
        signal.addEventListener('abort', turn.drop, { once: true })
        waiting[priority].add(turn)
        next()
      })
    },
  }
}
