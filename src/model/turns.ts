export type Priority = 'question' | 'background'
type Turn = { start(): void; drop(): void }

/**
 * Lets one task run at a time. A question goes before all background work that has not begun; within a priority the
 * order is that of asking. Rejects with the signal's reason when aborted before or during the turn.
 */
export function turns() {
  const waiting: Record<Priority, Set<Turn>> = { question: new Set(), background: new Set() }
  let busy = false

  function next(): void {
    if (busy) return
    const queue = waiting.question.size > 0 ? waiting.question : waiting.background
    const [turn] = queue
    if (!turn) return
    queue.delete(turn)
    busy = true
    turn.start()
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
                busy = false
                next()
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
