import type { QuietHours } from '#domain/approvals/policy.ts'
import type { ActionKind } from '#domain/exceptions/action.ts'

const MINUTE = 60_000
const DAY_MINUTES = 24 * 60

/** When an action may leave that was ready at `at`: then, or at the end of the quiet hours it falls into (to the minute, clock changes aside). */
export function afterQuietHours(at: Date, kind: ActionKind, quiet: QuietHours | null): Date {
  if (quiet === null || !quiet.kinds.includes(kind)) return at
  const [from, to] = [minutes(quiet.from), minutes(quiet.to)]
  const now = localMinute(at, quiet.timeZone)
  const within = from <= to ? now >= from && now < to : now >= from || now < to
  if (!within || from === to) return at
  const left = (to - now + DAY_MINUTES) % DAY_MINUTES
  return new Date(Math.floor(at.getTime() / MINUTE) * MINUTE + left * MINUTE)
}

function minutes(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return hour * 60 + minute
}

function localMinute(at: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at)
  return minutes(parts)
}
