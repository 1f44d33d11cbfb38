/** Date and time in full, in the reader's own time zone. */
export function absoluteTime(date: Date, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' }).format(date)
}

/** `10:42`; with its day when that is not today's. */
export function clockTime(date: Date, now: Date, locale: string): string {
  const today = date.toDateString() === now.toDateString()
  const day: Intl.DateTimeFormatOptions = today ? {} : { weekday: 'short', day: 'numeric', month: 'short' }
  return new Intl.DateTimeFormat(locale, { ...day, hour: 'numeric', minute: '2-digit' }).format(date)
}
