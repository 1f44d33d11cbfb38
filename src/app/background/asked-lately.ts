import type { Clock } from '#telemetry/clock.port.ts'

/** With none for so long (ms), nobody is asking just now. */
const CALM_MS = 100
/** However many questions come, background work goes on after so long (ms). */
const LONGEST_REST_MS = 500

/**
 * How many questions came to this process, readable from every thread of it. The number means nothing; that it changed tells that
 * shoppers are asking.
 */
export function questionCount() {
  const shared = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
  const count = new Int32Array(shared)
  return { shared, note: () => void Atomics.add(count, 0, 1) }
}

/**
 * For work that gives way to questions: resolves at once while there are none, else when they stopped for a moment or background work
 * has waited long enough; `asked` then. Rejects with the signal's reason when aborted.
 */
export function givingWay(shared: SharedArrayBuffer, clock: Pick<Clock, 'elapsed' | 'sleep'>) {
  const count = new Int32Array(shared)
  let known = Atomics.load(count, 0)
  /** Whether any came since it was asked last. */
  const asked = () => {
    const last = known
    known = Atomics.load(count, 0)
    return known !== last
  }
  return async (signal: AbortSignal): Promise<'calm' | 'asked'> => {
    signal.throwIfAborted()
    if (!asked()) return 'calm'
    const until = clock.elapsed() + LONGEST_REST_MS
    do await clock.sleep(CALM_MS, signal)
    while (asked() && clock.elapsed() < until)
    return 'asked'
  }
}
