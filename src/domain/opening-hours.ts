const MINUTE = 60_000
/** Looked ahead before giving up on a shop that is never open. */
const HORIZON_DAYS = 21
/** The longest promise by the shortest hours: who opens at all is waited for so long. */
const LONGEST_DAYS = 365
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const

/** When people of a shop answer: `days` are local times in `timeZone` (IANA); a day that is missing is closed. */
export type OpeningHours = {
  timeZone: string
  days: Partial<Record<(typeof WEEKDAYS)[number], [from: string, to: string]>>
  replyWithinMinutes: number
}

/**
 * When a person is to have replied: `replyWithinMinutes` of opening time after `now`. Outside the opening hours the time
 * starts at the next opening, and ends after a year at the latest. Without any opening hours in three weeks it is plain time. Never throws.
 */
export function expectedReplyBy(now: Date, hours: OpeningHours): Date {
  return afterOpeningTime(now, hours.replyWithinMinutes, hours)
}

/** The moment at which the shop was open for `minutes` since `now`; like `expectedReplyBy`. */
export function afterOpeningTime(now: Date, minutes: number, hours: OpeningHours): Date {
  let left = minutes * MINUTE
  let lastOpen: number | null = null
  for (let day = 0; day <= (lastOpen === null ? HORIZON_DAYS : LONGEST_DAYS); day++) {
    const opening = openingOn(now, day, hours)
    if (!opening) continue
    const from = Math.max(opening.from, now.getTime())
    if (opening.to <= from) continue
    if (opening.to - from >= left) return new Date(from + left)
    left -= opening.to - from
    lastOpen = opening.to
  }
  return new Date(lastOpen ?? now.getTime() + minutes * MINUTE)
}

/**
 * Whether the shop is open at `now`, and when that changes. `opensAt` is the next opening while it is closed; both are null
 * where it does not change within three weeks. Never throws.
 */
export function openingAt(
  now: Date,
  hours: OpeningHours,
): { open: boolean; opensAt: Date | null; changesAt: Date | null } {
  const at = now.getTime()
  let closes: number | null = null
  for (let day = 0; day <= HORIZON_DAYS; day++) {
    const opening = openingOn(now, day, hours)
    if (!opening || opening.to <= opening.from || opening.to <= at) continue
    // Open until midnight and again from midnight is open all along.
    if (closes !== null && opening.from > closes) break
    if (closes === null && opening.from > at) {
      const opensAt = new Date(opening.from)
      return { open: false, opensAt, changesAt: opensAt }
    }
    closes = opening.to
    if (day === HORIZON_DAYS) return { open: true, opensAt: null, changesAt: null }
  }
  return closes === null
    ? { open: false, opensAt: null, changesAt: null }
    : { open: true, opensAt: null, changesAt: new Date(closes) }
}

/** Opening hours on the local day `ahead` days after the local day of `now`, as UTC milliseconds. */
function openingOn(now: Date, ahead: number, { timeZone, days }: OpeningHours): { from: number; to: number } | null {
  const local = localParts(now.getTime(), timeZone)
  const date = new Date(Date.UTC(local.year, local.month - 1, local.day + ahead))
  const hours = days[WEEKDAYS[date.getUTCDay()] ?? 'sun']
  if (!hours) return null
  const [from, to] = hours.map((clock) => {
    const [hour = 0, minute = 0] = clock.split(':').map(Number)
    return fromLocal(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), hour, minute), timeZone)
  })
  return from === undefined || to === undefined ? null : { from, to }
}

/** The instant at which clocks in `timeZone` show `wall` (a local time written as if it were UTC). Twice, because the first guess may lie on the other side of a clock change. */
function fromLocal(wall: number, timeZone: string): number {
  const first = wall - offset(wall, timeZone)
  return wall - offset(first, timeZone)
}

function offset(at: number, timeZone: string): number {
  const { year, month, day, hour, minute, second } = localParts(at, timeZone)
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000
}

function localParts(at: number, timeZone: string) {
  const parts = formatter(timeZone).formatToParts(at)
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((each) => each.type === type)?.value ?? 0)
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour') % 24,
    minute: part('minute'),
    second: part('second'),
  }
}

/** Making one costs more than a thousand uses; there are no more of them than time zones. */
const FORMATTERS = new Map<string, Intl.DateTimeFormat>()

function formatter(timeZone: string): Intl.DateTimeFormat {
  const known = FORMATTERS.get(timeZone)
  if (known) return known
  const fields = {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hour12: false,
  } as const
  const made = new Intl.DateTimeFormat('en-US', { timeZone, ...fields })
  FORMATTERS.set(timeZone, made)
  return made
}
