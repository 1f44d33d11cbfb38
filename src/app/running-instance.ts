import { findRunningInstance } from '#db/embedded/embedded-postgres.ts'
import type { Clock } from '#telemetry/clock.port.ts'

const HEALTH_TIMEOUT_MS = 1_500

/** The address of the instance that serves this data folder, asked whether it lives; null when none does. Throws the signal's reason when aborted. */
export async function runningInstance(dataFolder: string, clock: Clock, signal: AbortSignal): Promise<string | null> {
  const address = findRunningInstance(dataFolder)?.address
  if (!address) return null
  const answer = await fetch(`${address}/healthz`, { signal: clock.deadline(HEALTH_TIMEOUT_MS, signal) }).catch(
    () => null,
  )
  signal.throwIfAborted()
  return answer?.ok ? address : null
}
