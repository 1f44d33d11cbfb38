/**
 * An event's place among others about the same thing. `sequence` is the sender's own count, null when it sends none; `time` is
 * UTC with nine decimals, so that comparing texts compares instants.
 */
export type Stamp = { sequence: string | null; time: string; source: string; id: string }

/** RFC 3339, section 5.6. */
const RFC3339 = /^(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d)$/

/** An RFC 3339 time, in any offset and precision, as `2026-03-04T10:00:00.123456000Z`; null when it is none, or lies before 1970. */
export function stampTime(text: string): string | null {
  const [, day, clock, fraction = '', offset] = RFC3339.exec(text) ?? []
  const parsed = day === undefined ? Number.NaN : Date.parse(`${day}T${clock}${offset?.toUpperCase()}`)
  if (Number.isNaN(parsed) || parsed < 0) return null
  const [whole = ''] = new Date(parsed).toISOString().split('.')
  return `${whole}.${fraction.slice(0, 9).padEnd(9, '0')}Z`
}

/** The time of an event that came without one: when it was received, then its place in the batch. */
export function arrivalTime(receivedAt: Date, place: number): string {
  return `${receivedAt.toISOString().slice(0, -1)}${String(place).padStart(6, '0')}Z`
}

/** Below zero when `left` is older. Total, so any number of events has one order. For stamps that both have a sequence, or both none. */
export function compareStamps(left: Stamp, right: Stamp): number {
  return (
    compareSequences(left.sequence ?? '', right.sequence ?? '') ||
    compareTexts(left.time, right.time) ||
    compareTexts(left.source, right.source) ||
    compareTexts(left.id, right.id)
  )
}

/**
 * Numbers by their value, other texts character by character as the CloudEvents sequence extension says; numbers come first. Many
 * senders count without leading zeros, where comparing characters would put 10 before 9.
 */
export function compareSequences(left: string, right: string): number {
  const [one, other] = [digitsOf(left), digitsOf(right)]
  if (one !== null && other !== null) return one.length - other.length || compareTexts(one, other)
  if (one !== null || other !== null) return one !== null ? -1 : 1
  return compareTexts(left, right)
}

export function compareTexts(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}

function digitsOf(text: string): string | null {
  return /^\d+$/.test(text) ? text.replace(/^0+(?=\d)/, '') : null
}
