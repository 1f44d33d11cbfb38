import { isCheckDigit } from './check-digit.ts'
import { EXPRESS_FORMATS } from './express-formats.ts'
import { POSTAL_FORMATS } from './postal-formats.ts'
import { REGIONAL_FORMATS } from './regional-formats.ts'
import type { TrackingFormat } from './tracking-format.ts'

const FORMATS = [...POSTAL_FORMATS, ...EXPRESS_FORMATS, ...REGIONAL_FORMATS].map((format) => ({
  ...format,
  pattern: new RegExp(`^(?:${format.pattern.source})$`),
}))
/** The longest number in use has 34 signs. */
const MOST_SIGNS = 64

export type RecognisedNumber = { carrier: string; format: string }

/**
 * Every carrier's format a number fits, check digit included; none for a number nobody makes. Spaces and case do not matter.
 * Source of formats: jkeen/tracking_number_data (MIT).
 */
export function recogniseTrackingNumber(number: string): RecognisedNumber[] {
  const plain = number.replace(/\s+/g, '').toUpperCase()
  if (plain.length === 0 || plain.length > MOST_SIGNS) return []
  return FORMATS.filter((format) => fits(plain, format)).map(({ carrier, format }) => ({ carrier, format }))
}

function fits(number: string, { pattern, checkDigit, prepend, known }: TrackingFormat): boolean {
  const groups = pattern.exec(number)?.groups
  if (!groups) return false
  if (known && !known.values.includes(groups[known.group] ?? '')) return false
  if (!checkDigit) return true
  const serial = groups.SerialNumber ?? ''
  const counted = prepend?.when.test(serial) ? prepend.digits + serial : serial
  return isCheckDigit(checkDigit, counted, groups.CheckDigit ?? '')
}
