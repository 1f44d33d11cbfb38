import type { BrowserClock } from '../../../browser-clock.ts'
import type { ChatState } from '../../chat.port.ts'

/** Relative times are to the minute, so twice a minute is enough; countdowns move every second. */
const CALM_SECONDS = 30

/** Calls `tell` when times that are shown have moved on, until `signal` is aborted. */
export async function ticking(
  clock: BrowserClock,
  state: () => ChatState,
  tell: (now: Date) => void,
  signal: AbortSignal,
) {
  try {
    for (let seconds = 1; !signal.aborted; seconds++) {
      await clock.sleep(1_000, signal)
      const { failure } = state()
      const counting = failure && ('until' in failure || ('retryAt' in failure && failure.retryAt !== null))
      if (counting || seconds % CALM_SECONDS === 0) tell(clock.now())
    }
  } catch {
    // Aborted while asleep.
  }
}
