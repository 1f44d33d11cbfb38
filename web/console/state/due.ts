const MINUTE = 60_000
/** Closer than this it is shown as urgent. */
const SOON_MS = 15 * MINUTE

export type Span = { value: number; unit: 'minute' | 'hour' | 'day' }
export type Due = { state: 'overdue' | 'soon' | 'later'; in: Span }

/** How a due time stands at `now`: overdue, soon (within 15 minutes) or later, and by how much. */
export function dueAt(due: Date, now: Date): Due {
  const left = due.getTime() - now.getTime()
  return { state: left < 0 ? 'overdue' : left <= SOON_MS ? 'soon' : 'later', in: spanOf(left) }
}

/** A length of time as people say it: whole minutes, hours or days, never negative. */
export function spanOf(ms: number): Span {
  const minutes = Math.floor(Math.abs(ms) / MINUTE)
  if (minutes < 60) return { value: minutes, unit: 'minute' }
  if (minutes < 48 * 60) return { value: Math.floor(minutes / 60), unit: 'hour' }
  return { value: Math.floor(minutes / (24 * 60)), unit: 'day' }
}
