import type { AttributeValue } from '../document.ts'
import { amountsIn, inBaseUnit } from './measures.ts'

/** What an attribute's value is: `unit` is a base unit (kg, m, l, W, …) or a currency (ISO 4217), empty for a plain number. */
export type TypedValue =
  | { type: 'number'; value: number }
  | { type: 'boolean'; value: boolean }
  | { type: 'measure' | 'money'; value: number; unit: string }
  | { type: 'text' }

/** Where a comma stands before the fraction and a point between thousands. Source: Unicode CLDR 48, numbers/symbols. */
const COMMA_DECIMAL = new Set(
  'af be bg bs ca cs da de el es et eu fi fr gl hr hu hy id is it ka kk lt lv mk nb nl nn no pl pt ro ru sk sl sq sr sv tr uk vi'.split(
    ' ',
  ),
)
/** Regions that write otherwise than their language does. Source: the same. */
const POINT_REGIONS = new Set(['de-ch', 'de-li', 'es-mx', 'es-us', 'es-gt', 'it-ch', 'fr-ch'])
const FRACTIONS: Record<string, number> = { '½': 0.5, '¼': 0.25, '¾': 0.75, '⅓': 1 / 3, '⅔': 2 / 3, '⅛': 0.125 }
const TRUTHS = new Map(Object.entries({ true: true, yes: true, ja: true, false: false, no: false, nein: false }))
const CURRENCIES = new Set(Intl.supportedValuesOf('currency'))
const LONGEST = 60

const NUMBER = String.raw`[0-9][0-9.,'’\u00a0\u202f]{0,14}`
const UNIT = String.raw`fl\.?\s?oz\.?|["″”'′’]|[\p{L}²2]{1,14}\.?`
const PART = String.raw`(${NUMBER})?\s*(\d+\/\d+|[½¼¾⅓⅔⅛])?[\s-]*(${UNIT})`
const MEASURE = new RegExp(String.raw`^${PART}(?:\s*,?\s*(?:and\s|und\s|&\s)?\s*${PART})?$`, 'iu')

/** A value as what it is: `1.2 kg`, `15.6"`, `2 lb 3 oz`, `5' 10"`, `12,5 cm`, `1 ½ in`, `12,99 €`, `yes`, `12`. The locale
 * (BCP 47) says what a lone `1,250` means; without one such a number is left as text, since it may mean either. Never throws. */
export function typedValue(value: AttributeValue, locale?: string): TypedValue {
  if (typeof value === 'number') return { type: 'number', value }
  if (typeof value === 'boolean') return { type: 'boolean', value }
  if (typeof value === 'object') return ofUnit(value) ?? { type: 'text' }
  const text = value.trim()
  if (text.length > LONGEST) return { type: 'text' }
  const truth = TRUTHS.get(text.toLowerCase())
  if (truth !== undefined) return { type: 'boolean', value: truth }
  if (!/[\d½¼¾⅓⅔⅛]/.test(text)) return { type: 'text' }
  const plain = /^[-+]?\d/.test(text) && !/[^\d.,+-]/.test(text) ? numberIn(text.replace(/^[-+]/, ''), locale) : null
  if (plain !== null) return { type: 'number', value: text.startsWith('-') ? -plain : plain }
  return readMeasure(text, locale) ?? readMoney(text, locale) ?? { type: 'text' }
}

function ofUnit({ value, unit }: { value: number; unit: string }): TypedValue | null {
  if (CURRENCIES.has(unit)) return { type: 'money', value, unit }
  return measured(inBaseUnit(value, bare(unit.trim())))
}

function readMeasure(text: string, locale: string | undefined): TypedValue | null {
  const match = MEASURE.exec(text)
  if (!match) return null
  const [, number, fraction, unit = '', more, moreFraction, smaller] = match
  const first = partIn(number, fraction, unit, locale)
  if (!first || smaller === undefined) return measured(first)
  const second = partIn(more, moreFraction, smaller, locale)
  // `2 lb 3 oz` is one weight; `3 oz 2 lb` and `2 kg 3 cm` are something else.
  const one = inBaseUnit(1, bare(unit))
  if (!second || !one || second.unit !== first.unit || second.value >= one.value) return null
  return measured({ value: Number((first.value + second.value).toPrecision(12)), unit: first.unit })
}

function partIn(number: string | undefined, fraction: string | undefined, unit: string, locale: string | undefined) {
  const whole = number === undefined ? 0 : numberIn(number.trim(), locale)
  const rest = fraction === undefined ? 0 : fractionIn(fraction)
  if (whole === null || rest === null || (number === undefined && fraction === undefined)) return null
  return inBaseUnit(whole + rest, bare(unit))
}

function readMoney(text: string, locale: string | undefined): TypedValue | null {
  const [amount, ...others] = amountsIn(text)
  if (!amount || others.length > 0 || amount.text.trim() !== text) return null
  const value = numberIn(text.replace(/[^\d.,'’]/g, ''), locale)
  return value === null ? null : { type: 'money', value, unit: amount.unit }
}

const measured = (found: { value: number; unit: string } | null): TypedValue | null =>
  found && { type: 'measure', ...found }

function bare(unit: string): string {
  const plain = unit.toLowerCase().replace(/\.$/, '')
  if (/^fl\.?\s?oz$/.test(plain)) return 'fl.oz'
  return /^["″”]$/.test(plain) ? 'in' : /^['′’]$/.test(plain) ? 'ft' : plain
}

function fractionIn(text: string): number | null {
  const known = FRACTIONS[text]
  if (known !== undefined) return known
  const [above, below] = text.split('/').map(Number)
  return above !== undefined && below ? above / below : null
}

/** A number as the locale writes it; null where it could mean two things. */
function numberIn(written: string, locale: string | undefined): number | null {
  const text = written.replace(/['’\u00a0\u202f]/g, '')
  const [, whole = '', mark = '', last = ''] = /^(\d+(?:[.,]\d{3})*?)(?:([.,])(\d+))?$/.exec(text) ?? []
  if (!whole) return null
  const between = new Set(whole.match(/[.,]/g) ?? [])
  if (between.size > 1) return null
  const digits = whole.replace(/[.,]/g, '')
  if (!mark) return between.size ? null : Number(digits)
  // A second mark of another kind leaves no doubt: `1.299,00`.
  if (between.size === 1) return between.has(mark) ? thousands(text) : Number(`${digits}.${last}`)
  if (last.length !== 3 || digits === '0' || digits.length > 3) return Number(`${digits}.${last}`)
  const decimal = decimalMark(locale)
  return decimal === null ? null : Number(mark === decimal ? `${digits}.${last}` : digits + last)
}

const thousands = (text: string) => (/^\d{1,3}([.,]\d{3})+$/.test(text) ? Number(text.replace(/[.,]/g, '')) : null)

function decimalMark(locale: string | undefined): '.' | ',' | null {
  if (!locale) return null
  const tag = locale.toLowerCase().replace('_', '-')
  return COMMA_DECIMAL.has(tag.split('-')[0] ?? '') && !POINT_REGIONS.has(tag) ? ',' : '.'
}
