/** Work that outlives the request that started it; counted, so that stopping can wait for it. */
export type Background = {
  run(work: Promise<void>): void
  /** Resolves when nothing is running; rejects with the signal's reason. */
  idle(signal: AbortSignal): Promise<void>
}

/** `onError` gets what the work threw; nobody else is there to. */
export function background(onError: (error: unknown) => void): Background {
  const running = new Set<Promise<void>>()
  return {
    run(work) {
      const tracked = work.catch(onError).finally(() => running.delete(tracked))
      running.add(tracked)
    },
    async idle(signal) {
      while (running.size > 0) {
        signal.throwIfAborted()
        await Promise.race([Promise.all(running), aborted(signal)])
      }
    },
  }
}

/** Rejects with the signal's reason once it aborts, and never resolves. */
export function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason)
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
