import type { RunnableConfig } from '@langchain/core/runnables'

/** The signal of a run; LangGraph's type makes it optional, our callers always pass one. Throws TypeError when one did not. */
export function runSignal(config: RunnableConfig): AbortSignal {
  if (!config.signal) throw new TypeError('a graph was invoked without a signal')
  return config.signal
}
