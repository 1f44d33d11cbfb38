/** What runs without a request: the outbox relay, imports, vectors, housekeeping. */
export type Jobs = {
  /** Begins, and takes up what an earlier process left. Resolves once the lost work is queued again. */
  start(signal: AbortSignal): Promise<void>
  /** Stops everything at a place where it can be taken up again; waits no longer than until `signal` aborts. */
  close(signal: AbortSignal): Promise<void>
}
