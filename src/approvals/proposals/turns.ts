/** Runs `work` after everything that was begun under the same key before it. Throws the signal's reason when aborted by its turn, and what `work` throws. */
export type Turns = <Result>(key: string, signal: AbortSignal, work: () => Promise<Result>) => Promise<Result>

/**
 * One at a time by key, within this process. A courtesy and no guarantee: of many who decide about the same case at once the
 * losers find it decided, instead of each reading the whole world again first.
 */
export function turns(): Turns {
  const last = new Map<string, Promise<unknown>>()
  return async (key, signal, work) => {
    const before = last.get(key) ?? Promise.resolve()
    const mine = before.then(() => {
      signal.throwIfAborted()
      return work()
    })
    const settled = mine.catch(() => {})
    last.set(key, settled)
    try {
      return await mine
    } finally {
      if (last.get(key) === settled) last.delete(key)
    }
  }
}
