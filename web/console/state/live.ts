import type { DeskClient } from '../../api-client/desk-client.ts'
import type { LiveEvent } from '../../api-client/desk-shapes.ts'
import { pause } from '../../api-client/reply.ts'
import type { BrowserClock } from '../../browser-clock.ts'
import type { Live } from './desk.port.ts'

const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 30_000

type Ports = {
  client: DeskClient
  clock: BrowserClock
  /** 0–1, so that a restarted server is not met by all desks at once. */
  chance(): number
  tell(live: Live): void
  /** Everything but `ready` may be missed while disconnected, so `ready` means: read it all again. */
  happened(event: LiveEvent): void
  /** Whether to go on; false once signed out. Asked after every broken connection. */
  goOn(signal: AbortSignal): Promise<boolean>
}

/** Follows the desk for as long as its signal lets it, connecting again with growing pauses. `wake` ends a pause. */
export function liveUpdates({ client, clock, chance, tell, happened, goOn }: Ports) {
  let resting = new AbortController()

  async function follow(signal: AbortSignal): Promise<void> {
    let failures = 0
    let connected = false
    let since = clock.now()
    for (;;) {
      for await (const event of client.live(signal)) {
        if (event.event === 'ready') {
          failures = 0
          tell({ state: 'on' })
        }
        connected = true
        happened(event)
      }
      if (signal.aborted) return
      if (connected) since = clock.now()
      connected = false
      failures += 1
      const ms = pause(failures, chance(), FIRST_PAUSE_MS, LONGEST_PAUSE_MS)
      tell({ state: 'lost', since, retryAt: new Date(clock.now().getTime() + ms) })
      if (!(await goOn(signal).catch(() => false))) return
      resting = new AbortController()
      await clock.sleep(ms, AbortSignal.any([signal, resting.signal])).catch(() => {})
      if (signal.aborted) return
    }
  }

  return { follow, wake: () => resting.abort() }
}
