const DAY_MS = 86_400_000

/** Milliseconds since 1970 of an ISO 8601 time; NaN where it is none, so that no comparison with it holds. */
export function timeOf(text: string): number {
  return Date.parse(text)
}

/** Whether `text` is a time at all. */
export function isTime(text: unknown): text is string {
  return typeof text === 'string' && !Number.isNaN(timeOf(text))
}

/** Whole days of 24 hours from one time to another; negative when `to` is earlier. NaN where either is no time. */
export function wholeDays(from: string, to: string): number {
  return Math.floor((timeOf(to) - timeOf(from)) / DAY_MS)
}

/** Days between two calendar dates (UTC), whatever the time of day: 23:59 to 00:01 is one. NaN where either is no time. */
export function calendarDays(from: string, to: string): number {
  return Math.floor(timeOf(to) / DAY_MS) - Math.floor(timeOf(from) / DAY_MS)
}

/** Minutes between two times, whichever is first; not rounded. */
export function minutesApart(one: string, other: string): number {
  return Math.abs(timeOf(one) - timeOf(other)) / 60_000
}

/** The time `days` days of 24 hours later, ISO 8601 UTC. Throws RangeError where `from` is no time. */
export function daysLater(from: string, days: number): string {
  return new Date(timeOf(from) + days * DAY_MS).toISOString()
}

/** The same in minutes. */
export function minutesLater(from: string, minutes: number): string {
  return new Date(timeOf(from) + minutes * 60_000).toISOString()
}
