import type { Span } from '../state/due.ts'

/** The language the console speaks: English for now. Times, numbers and plurals follow it. */
export const LOCALE = 'en-GB'

const plurals = new Intl.PluralRules(LOCALE)

/** `1 day`, `2 days`. */
export function count(number: number, one: string, other: string): string {
  return `${number} ${plurals.select(number) === 'one' ? one : other}`
}

/** `5 min`, `2 h`, `3 days`. */
export function span({ value, unit }: Span): string {
  if (unit === 'minute') return value === 0 ? 'less than a minute' : `${value} min`
  return unit === 'hour' ? `${value} h` : count(value, 'day', 'days')
}
