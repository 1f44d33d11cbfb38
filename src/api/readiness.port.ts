/** `outbox` (mail alone): messages are written down on this machine, none leaves it. */
export type DependencyState = {
  state: 'ready' | 'limited' | 'off' | 'starting' | 'outbox' | 'down'
  detail?: string
}

/** Whether the whole can answer questions. `mode` names the model that answers (`builtin`). */
export type Readiness = {
  /** Asks every dependency; never throws for one that is down. `ready` is false while a question could not be answered. */
  check(signal: AbortSignal): Promise<{ ready: boolean; mode: string; dependencies: Record<string, DependencyState> }>
}
