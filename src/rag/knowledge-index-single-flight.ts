/**
 * Runs `work` one at a time. A call while it runs waits for one more run, shared by all who wait, because the run under way
 * may have read before the caller's change. The caller's abort ends its waiting, not the work.
 */
export function singleFlight(work: () => Promise<void>): (signal: AbortSignal) => Promise<void> {
  let running: Promise<void> | null = null
  let next: Promise<void> | null = null

  function begin(): Promise<void> {
    const mine = work().finally(() => {
      if (running === mine) running = null
    })
    running = mine
    return mine
  }

  function join(): Promise<void> {
    if (!running) return begin()
    next ??= running
      .catch(() => {})
      .then(() => {
        next = null
        return begin()
      })
    return next
  }

  return async (signal) => {
    signal.throwIfAborted()
    const { promise, reject } = Promise.withResolvers<never>()
    const stop = () => reject(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
    try {
      await Promise.race([join(), promise])
    } finally {
      signal.removeEventListener('abort', stop)
    }
  }
}
