/** The one source of time in the browser. Tests own theirs and advance it. */
export type BrowserClock = {
  now(): Date
  /** Milliseconds that only ever grow, for measuring durations. */
  elapsed(): number
  /** Resolves after `ms`; rejects with the signal's reason when aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
  /** A signal that aborts with a TimeoutError after `ms`, or when `signal` does. */
  deadline(ms: number, signal: AbortSignal): AbortSignal
}

/** The browser's clock; Node's as well, where the client runs on a server. */
export function browserClock(): BrowserClock {
  return {
    now: () => new Date(),
    elapsed: () => performance.now(),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason)
        const gone = () => {
          clearTimeout(timer)
          reject(signal.reason)
        }
        const timer = setTimeout(() => {
          signal.removeEventListener('abort', gone)
          resolve()
        }, ms)
        signal.addEventListener('abort', gone, { once: true })
      }),
    deadline: (ms, signal) => AbortSignal.any([signal, AbortSignal.timeout(ms)]),
  }
}
