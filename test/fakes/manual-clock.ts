import type { BrowserClock } from '../../web/browser-clock.ts'

export type ManualClock = BrowserClock & {
  /** Lets time pass; everything that waited for it happens, in order, with what follows from it at once. */
  advance(ms: number): Promise<void>
  /** What is being waited for, in milliseconds from now, soonest first. */
  waiting(): number[]
}

/**
 * A clock that only a test moves. Waits of at most `hasty` milliseconds end at once, with the time moved on, so that pauses
 * between attempts need no test to step through them while limits stay.
 */
export function manualClock(start = new Date('2026-03-04T10:00:00.000Z'), hasty = -1): ManualClock {
  let passed = 0
  const sleepers = new Set<{ at: number; wake: () => void }>()
  const sleep = (ms: number, signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason)
      const sleeper = { at: passed + ms, wake: resolve }
      sleepers.add(sleeper)
      signal.addEventListener('abort', () => {
        if (sleepers.delete(sleeper)) reject(signal.reason)
      })
      if (ms <= hasty)
        setImmediate(() => {
          if (!sleepers.delete(sleeper)) return
          passed = Math.max(passed, sleeper.at)
          resolve()
        })
    })
  return {
    now: () => new Date(start.getTime() + passed),
    elapsed: () => passed,
    sleep,
    deadline(ms, signal) {
      const late = new AbortController()
      sleep(ms, signal).then(
        () => late.abort(new DOMException('too late', 'TimeoutError')),
        () => {},
      )
      return AbortSignal.any([signal, late.signal])
    },
    async advance(ms) {
      const end = passed + ms
      await settled()
      while (true) {
        const next = [...sleepers].sort((one, other) => one.at - other.at)[0]
        if (!next || next.at > end) break
        sleepers.delete(next)
        passed = Math.max(passed, next.at)
        next.wake()
        await settled()
      }
      passed = Math.max(passed, end)
      await settled()
    },
    waiting: () => [...sleepers].map(({ at }) => at - passed).sort((one, other) => one - other),
  }
}

/** Lets promises that are ready run; a few turns, as one leads to another. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}
