/** What a job is told; plain JSON, since it is stored. */
export type JobPayload = Record<string, unknown>
export type Job = { id: string; name: string; payload: JobPayload /** From 1. */; attempt: number }

/**
 * Work to be done by any process, at least once: a job whose process died is taken again by another within half a minute, so
 * a handler must be able to repeat itself. Nothing is added by name alone; an id that is known adds nothing.
 */
export type Queue = {
  /** Throws Fault retryable `queue.backend.unreachable`. */
  add(name: string, payload: JobPayload, options: { jobId: string }, signal: AbortSignal): Promise<void>
  /**
   * A job of `name` every `everyMs` from now on, for all processes together; asked again for the same `id`, the newest pace and
   * payload count. What was missed while nobody worked is one job. Its pace stays with the queue: ask at every start.
   * Throws Fault retryable `queue.backend.unreachable`.
   */
  every(name: string, id: string, everyMs: number, payload: JobPayload, signal: AbortSignal): Promise<void>
  /**
   * Runs `handler` for jobs of `name`, two at a time in this process. Its signal aborts when the queue closes; the job is then taken
   * again later. A retryable Fault, or an unexpected error, is tried again with growing pauses; any other Fault ends the job,
   * which is kept with its payload.
   */
  worker(name: string, handler: (job: Job, signal: AbortSignal) => Promise<void>): void
  /** Whether every worker that was asked for runs now; false while one is prepared or replaced, and after closing. */
  working(): boolean
  /** Tells running jobs to stop and waits for them, no longer than until `signal` aborts. */
  close(signal: AbortSignal): Promise<void>
}
