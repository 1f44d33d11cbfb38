import { Fault } from '#domain/fault.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Looked } from '../case-look-ups.port.ts'

/** An investigation does not wait longer for one system. */
const PATIENCE_MS = 3_000

export type LookUpParts = { clock: Clock; patienceMs?: number }

/**
 * What `ask` brought, with its age and source. A system that is too slow or fails for now is `silent`, which is evidence too.
 * Throws what is neither, and the signal's reason when aborted.
 */
export async function answered<Value>(
  { clock, patienceMs = PATIENCE_MS }: LookUpParts,
  source: string,
  ask: (signal: AbortSignal) => Promise<{ value: Value; version: number | null; at?: string }>,
  signal: AbortSignal,
): Promise<Looked<Value>> {
  const at = () => clock.now().toISOString()
  const deadline = clock.deadline(patienceMs, signal)
  try {
    const { value, version, at: systemTime } = await orLate(ask(deadline), deadline)
    const known = { outcome: 'known', value, source, observedAt: at(), version } as const
    return systemTime === undefined ? known : { ...known, systemTime }
  } catch (error) {
    signal.throwIfAborted()
    if (deadline.aborted)
      return { outcome: 'silent', source, why: `no answer in ${patienceMs / 1_000} s`, observedAt: at() }
    if (!(error instanceof Fault) || error.kind !== 'retryable') throw error
    return { outcome: 'silent', source, why: error.code, observedAt: at() }
  }
}

/** A system that ignores its signal is left behind all the same. */
function orLate<Value>(answer: Promise<Value>, deadline: AbortSignal): Promise<Value> {
  const late = Promise.withResolvers<never>()
  const onAbort = () => late.reject(deadline.reason)
  if (deadline.aborted) onAbort()
  deadline.addEventListener('abort', onAbort, { once: true })
  return Promise.race([answer, late.promise]).finally(() => deadline.removeEventListener('abort', onAbort))
}
