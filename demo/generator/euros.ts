import type { Locale } from './tables.ts'

/** Cents as people write euros: €4.90, €59, €1,000; 4,90 €, 59 €, 1.000 €. */
export function money(cents: number, locale: Locale): string {
  if (!Number.isInteger(cents)) throw new Error(`not an amount in cents: ${cents}`)
  const whole = Math.floor(cents / 100)
  const rest = cents % 100
  const grouped = String(whole).replace(/\B(?=(\d{3})+$)/g, locale === 'en' ? ',' : '.')
  const digits = rest === 0 ? grouped : `${grouped}${locale === 'en' ? '.' : ','}${String(rest).padStart(2, '0')}`
  return locale === 'en' ? `€${digits}` : `${digits} €`
}
