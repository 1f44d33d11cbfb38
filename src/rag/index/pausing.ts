/** Resolves once other work had its turn. */
export const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Lets other work in between, and stops when aborted. */
export function pausing(signal: AbortSignal): () => Promise<void> {
  return async () => {
    await nextTurn()
    signal.throwIfAborted()
  }
}
