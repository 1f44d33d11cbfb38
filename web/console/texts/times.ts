import { LOCALE } from './counting.ts'

const clockTime = new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const dayAndTime = new Intl.DateTimeFormat(LOCALE, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
const day = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', year: 'numeric' })
const full = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'full', timeStyle: 'short', hourCycle: 'h23' })

/** `14:03` today, otherwise `Mon 3 Nov 14:03`; in the time zone of the browser. */
export function shortTime(at: Date, now: Date): string {
  return (at.toDateString() === now.toDateString() ? clockTime : dayAndTime).format(at)
}

/** The whole truth, for a tooltip. */
export function fullTime(at: Date): string {
  return full.format(at)
}

/** `3 Nov 2026`; the text as it is where it is no date. */
export function dateText(text: string): string {
  const at = new Date(text)
  return Number.isNaN(at.getTime()) ? text : day.format(at)
}
