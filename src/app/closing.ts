import type { Log } from '#telemetry/log.port.ts'

/** What has been started, to be ended in the opposite order. */
export type Closing = {
  add(name: string, close: (signal: AbortSignal) => Promise<unknown>): void
  /** Ends everything, latest first, whatever fails on the way. Never throws; a second call waits for the first. */
  close(signal: AbortSignal): Promise<void>
}

/** An empty list of things to close. */
export function closing(log: Log): Closing {
  const steps: { name: string; close(signal: AbortSignal): Promise<unknown> }[] = []
  let running: Promise<void> | null = null
  async function run(signal: AbortSignal): Promise<void> {
    for (const { name, close } of steps.reverse()) {
      try {
        await close(signal)
      } catch (error) {
        log.warn({ part: name, problem: String(error) }, 'part did not close cleanly')
      }
    }
  }
  return {
    add: (name, close) => steps.push({ name, close }),
    close(signal) {
      running ??= run(signal)
      return running
    },
  }
}
