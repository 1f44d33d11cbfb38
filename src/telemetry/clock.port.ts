/** The one source of time. Tests own theirs and advance it. */
export type Clock = {
  now(): Date
  /** Milliseconds that only ever grow, for measuring durations. */
  elapsed(): number
  /** Resolves after `ms`; rejects with the signal's reason when aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
  /** A signal that aborts after `ms`, or when `signal` does. */
  deadline(ms: number, signal: AbortSignal): AbortSignal
}
