export const HOUR = 3_600_000
export const DAY = 24 * HOUR

/** The moment `days` working days after `from` (Monday to Friday, UTC) at `hour`. */
export function afterWorkingDays(from: number, days: number, hour: number): number {
  let at = Math.floor(from / DAY) * DAY
  for (let left = days; left > 0; ) {
    at += DAY
    if (isWorkingDay(at)) left -= 1
  }
  return at + hour * HOUR
}

/** When an order placed at `placed` leaves: the same working day before the cut-off hour, else the next one. */
export function dispatchOf(placed: number, cutoffHour: number): number {
  const hour = new Date(placed).getUTCHours()
  if (isWorkingDay(placed) && hour < cutoffHour) return Math.floor(placed / DAY) * DAY + 16 * HOUR
  return afterWorkingDays(placed, 1, 16)
}

/** ISO 8601 UTC to the second. */
export const iso = (at: number) => new Date(at).toISOString().replace('.000Z', 'Z')

function isWorkingDay(at: number): boolean {
  const day = new Date(at).getUTCDay()
  return day !== 0 && day !== 6
}
