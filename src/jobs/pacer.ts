import type { Clock } from '#telemetry/clock.port.ts'

/** A loop that works when it is knocked at, and from time to time without. */
export type Pacer = {
  /** Something may be to do: work now, or once more after what is going on. */
  knock(): void
  /** Begins at once; `work` is never run twice at a time. A failure is handed to `onFailure` and tried again after `every`. */
  start(work: (signal: AbortSignal) => Promise<void>, onFailure: (error: unknown) => void): void
  /** Aborts the work and resolves when it has ended. */
  close(): Promise<void>
}

/** `everyMs`: the longest pause between two looks. */
export function pacer(everyMs: number, clock: Clock): Pacer {
  const closing = new AbortController()
  let knocked = false
  let wake: () => void = () => {}
  let running: Promise<void> = Promise.resolve()

  async function loop(
    work: (signal: AbortSignal) => Promise<void>,
    onFailure: (error: unknown) => void,
  ): Promise<void> {
    const { signal } = closing
    while (!signal.aborted) {
      knocked = false
      try {
        await work(signal)
      } catch (error) {
        if (signal.aborted) return
        onFailure(error)
        knocked = false
      }
      if (knocked) continue
      const sleeping = new AbortController()
      wake = () => sleeping.abort()
      await clock.sleep(everyMs, AbortSignal.any([signal, sleeping.signal])).catch(() => {})
      wake = () => {}
    }
  }

  return {
    knock() {
      knocked = true
      wake()
    },
    start(work, onFailure) {
      running = loop(work, onFailure)
    },
    async close() {
      closing.abort(new Error('the background work was closed'))
      await running
    },
  }
}
