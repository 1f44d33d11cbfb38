import { setTimeout as wait } from 'node:timers/promises'
import type { Clock } from './clock.port.ts'

/** The system's clock. */
export function systemClock(): Clock {
  return {
    now: () => new Date(),
    elapsed: () => performance.now(),
    async sleep(ms, signal) {
      await wait(ms, undefined, { signal }).catch((error) => {
        throw signal.aborted ? signal.reason : error
      })
    },
    deadline: (ms, signal) => AbortSignal.any([signal, AbortSignal.timeout(ms)]),
  }
}
