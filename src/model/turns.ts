import type { Clock } from '#telemetry/clock.port.ts'

/**
 * After a question background work waits this long (ms): a shopper's question asks for several vectors, a few ms apart, and each
 * would wait for a background text that began in between.
 */
const GRACE_MS = 30
/** However many questions come, background work gets a turn this often (ms). */
const LONGEST_HOLD_MS = 250

export type Priority = 'question' | 'background'
type Turn = { start(lane: Lane): void; drop(): void }
/** What is under way in a lane: so many questions, and the how manieth turn as background work, 0 without any. */
type Lane = { questions: number; background: number }

/**
 * Lets one task run at a time in each lane, or `atOnce` where they are questions. A question goes before all background work that has
 * not begun; its lane is the first without background work, else the one whose work began first. While a question is under way in
 * any lane no background work begins. Within a priority the order is that of asking. With a clock, background work also waits a moment after a
 * question, for the next. Rejects with the signal's reason when aborted before or during the turn.
 */
export function turns(clock: Clock | null = null, atOnce = 1, lanes = 1) {
  const waiting: Record<Priority, Set<Turn>> = { question: new Set(), background: new Set() }
  const underWay: Lane[] = Array.from({ length: lanes }, () => ({ questions: 0, background: 0 }))
  let begun = 0
  let lastQuestion = Number.NEGATIVE_INFINITY
  let lastBackground = Number.NEGATIVE_INFINITY
  let holding = false

  function next(): void {
    for (;;) {
      const priority: Priority = waiting.question.size > 0 ? 'question' : 'background'
      const [turn] = waiting[priority]
      const lane = turn && (priority === 'question' ? laneForQuestion() : laneForBackground())
      if (!lane) return
      waiting[priority].delete(turn)
      begun += 1
      if (priority === 'question') lane.questions += 1
      else lane.background = begun
      if (priority === 'background' && clock) lastBackground = clock.elapsed()
      turn.start(lane)
    }
  }

  function laneForQuestion(): Lane | undefined {
    const soonest = Math.min(...underWay.map(({ background }) => background))
    const lane = underWay.find(({ background }) => background === soonest)
    return lane && lane.questions + Math.sign(lane.background) < atOnce ? lane : undefined
  }

  function laneForBackground(): Lane | undefined {
    if (underWay.some(({ questions }) => questions > 0)) return undefined
    const lane = underWay.find(({ background }) => background === 0)
    return lane && !isHeld() ? lane : undefined
  }

  function ended(priority: Priority, lane: Lane): void {
    if (priority === 'background') lane.background = 0
    else lane.questions -= 1
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
    /** `task` is told its lane, from 0. */
    async take<Result>(
      priority: Priority,
      task: (lane: number) => Promise<Result>,
      signal: AbortSignal,
    ): Promise<Result> {
      signal.throwIfAborted()
      return await new Promise<Result>((resolve, reject) => {
        const turn: Turn = {
          start(lane) {
            task(underWay.indexOf(lane))
              .then(resolve, reject)
              .finally(() => {
                signal.removeEventListener('abort', turn.drop)
                ended(priority, lane)
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
