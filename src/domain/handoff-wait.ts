import { afterOpeningTime, type OpeningHours, openingAt } from './opening-hours.ts'

/** What one person is taken to need for one hand-over, in minutes of opening time. Careful: one person at the desk. */
const MINUTES_EACH = 10

/** What is told of a wait. `changesAt`: when the shop opens or closes next, so that it has to be told anew. */
export type HandoffWait = {
  ahead: number
  open: boolean
  opensAt: Date | null
  expectedAt: Date
  changesAt: Date | null
}

/**
 * The wait at `at` behind `ahead` others in the same queue. A reply is expected at the time that was promised (`promisedAt`),
 * or later where the queue is long: ten minutes of opening time for each one ahead and ten for oneself. Never throws.
 */
export function waitAt(at: Date, ahead: number, promisedAt: Date, hours: OpeningHours): HandoffWait {
  const byQueue = afterOpeningTime(at, (ahead + 1) * MINUTES_EACH, hours)
  return { ...openingAt(at, hours), ahead, expectedAt: byQueue > promisedAt ? byQueue : promisedAt }
}

/** Whether a wait that was told as `told` others ahead is worth telling anew: every step below twenty, then each time it changed by a tenth. */
export function worthTelling(told: number, ahead: number): boolean {
  return Math.abs(told - ahead) >= Math.max(1, Math.floor(told / 10))
}
