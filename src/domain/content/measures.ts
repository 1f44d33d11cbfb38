/** Factor to the base unit. Sources: SI brochure; international yard and pound agreement (1959); US customary fluid units. */
const UNITS: [base: string, factor: number, names: string][] = [
  ['kg', 1, 'kg kilo kilos kilogram kilograms kilogramm'],
  ['kg', 0.001, 'g gram grams gramm'],
  ['kg', 0.000001, 'mg'],
  ['kg', 0.45359237, 'lb lbs pound pounds'],
  ['kg', 0.028349523125, 'oz ounce ounces'],
  ['m', 1, 'm meter meters metre metres'],
  ['m', 0.01, 'cm centimeter centimeters centimetre centimetres zentimeter'],
  ['m', 0.001, 'mm millimeter millimeters millimetre millimetres'],
  ['m', 1000, 'km kilometer kilometers'],
  ['m', 0.0254, 'in inch inches zoll'],
  ['m', 0.3048, 'ft foot feet fuß'],
  ['m', 0.9144, 'yd yard yards'],
  ['l', 1, 'l liter liters litre litres'],
  ['l', 0.001, 'ml milliliter milliliters'],
  ['l', 0.01, 'cl'],
  ['l', 3.785411784, 'gal gallon gallons'],
  ['l', 0.0295735295625, 'fl.oz floz'],
  ['W', 1, 'w watt watts'],
  ['W', 1000, 'kw kilowatt'],
  ['Wh', 1, 'wh'],
  ['Wh', 1000, 'kwh'],
  ['V', 1, 'v volt volts'],
  ['Ah', 1, 'ah'],
  ['Ah', 0.001, 'mah'],
  ['h', 1, 'h hour hours stunde stunden'],
  ['h', 1 / 60, 'min minute minutes minuten'],
  ['d', 1, 'day days tag tage tagen'],
  ['d', 7, 'week weeks woche wochen'],
  ['m²', 1, 'm² m2 sqm'],
  ['m²', 0.09290304, 'ft² sqft'],
]
/** Read in running text alone: a typed attribute of these has never been a measure, and answers rest on that. */
const UNITS_OF_TEXT: typeof UNITS = [
  ['l', 0.0295735295625, 'fl-oz'],
  ['month', 1, 'month months monat monate monaten'],
  ['month', 12, 'year years jahr jahre jahren'],
  ['working day', 1, 'working-day working-days business-day business-days werktag werktage werktagen'],
  ['working day', 1, 'arbeitstag arbeitstage arbeitstagen'],
]
const BY_NAME = byName(UNITS)
const BY_NAME_IN_TEXT = byName([...UNITS, ...UNITS_OF_TEXT])
const NUMBER_WORDS: Record<string, number> = Object.fromEntries([
  ...'one two three four five six seven eight nine ten eleven twelve'.split(' ').map((word, at) => [word, at + 1]),
  ...'ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf'.split(' ').map((word, at) => [word, at + 1]),
  ...['fourteen', 'vierzehn'].map((word) => [word, 14]),
  ...['thirty', 'dreißig'].map((word) => [word, 30]),
])
const CURRENCIES: Record<string, string> = { '€': 'EUR', $: 'USD', '£': 'GBP', '¥': 'JPY', euro: 'EUR', euros: 'EUR' }

const NUMBER = String.raw`\d{1,3}(?:[.,\u202f]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d{1,9}(?:[.,]\d{1,6})?`
const WORDS = Object.keys(NUMBER_WORDS).join('|')
const MEASURE = new RegExp(
  String.raw`(?<![\p{L}\p{N}.,]|\p{L}-)(?:(${NUMBER})\s?(?:–|-|to|bis)\s?)?(${NUMBER}|${WORDS})[\s\u00a0-]?(fl\.?\s?oz|(?:working|business)[\s-]days?|[\p{L}²]{1,14}2?)(?![\p{L}\p{N}²/])`,
  'giu',
)
const AMOUNT = new RegExp(
  String.raw`(?<![\p{L}\p{N}.,])(?:([€$£¥]|\b(?:EUR|USD|GBP|CHF|CAD|AUD)\b)\s?(${NUMBER})|(${NUMBER})\s?([€$£¥]|(?:EUR|USD|GBP|CHF|CAD|AUD|euros?)(?!\p{L})))`,
  'giu',
)

/** A quantity named in a text. `low` equals `value` but for ranges; `slack` is half of the last digit that was written. */
export type Quantity = {
  value: number
  low: number
  unit: string
  slack: number
  text: string
  index: number
}

/** A number of `unit` as one of its base unit (kg, m, l, W, Wh, V, Ah, h, d, m²); null for a unit that is not known. */
export function inBaseUnit(value: number, unit: string): { value: number; unit: string } | null {
  const known = BY_NAME.get(unit.toLowerCase())
  if (!known || !Number.isFinite(value)) return null
  return { value: Number((value * known.factor).toPrecision(12)), unit: known.base }
}

/** Measures in running text (English, German) in base units, months and working days among them; in the order they stand. */
export function measuresIn(text: string): Quantity[] {
  return [...text.matchAll(MEASURE)].flatMap((match) => {
    const [whole, from, number = '', unit = ''] = match
    const known = BY_NAME_IN_TEXT.get(
      unit
        .toLowerCase()
        .replace(/^fl\.?\s?oz$/i, 'fl-oz')
        .replace(/\s/g, '-'),
    )
    const value = NUMBER_WORDS[number.toLowerCase()] ?? readNumber(number)
    // 1.250 kg is read as two very different weights, depending on where one comes from.
    if (/^[1-9]\d{0,2}[.,]\d{3}$/.test(number)) return []
    // `in` is a preposition far more often than an inch, as `a 5 in 1 tool`.
    if (
      !known ||
      !Number.isFinite(value) ||
      (unit === 'in' && /^\s+\p{L}|^\s*\d/u.test(text.slice(match.index + whole.length)))
    )
      return []
    return {
      value: rounded(value * known.factor),
      low: rounded((from === undefined ? value : readNumber(from)) * known.factor),
      unit: known.base,
      slack: (lastDigit(number) / 2) * known.factor,
      text: whole,
      index: match.index,
    }
  })
}

/** Amounts of money in running text, in whole units of their currency (ISO 4217); `$` counts as USD. */
export function amountsIn(text: string): Quantity[] {
  return [...text.matchAll(AMOUNT)].map((match) => {
    const [whole, before, first, second, after] = match
    const number = first ?? second ?? ''
    const sign = before ?? after ?? ''
    const value = readNumber(number)
    const unit = CURRENCIES[sign.toLowerCase()] ?? sign.toUpperCase()
    return { value, low: value, unit, slack: lastDigit(number) / 2, text: whole, index: match.index }
  })
}

/** `1,299.00`, `1.299,00`, `12,5` and `1 299`: a last group of three digits after a separator is thousands. */
function readNumber(text: string): number {
  const plain = text.replaceAll('\u202f', '')
  const decimal = /[.,](\d{1,2}|\d{4,6})$/.exec(plain)
  if (!decimal) return Number(/^0[.,]/.test(plain) ? plain.replace(',', '.') : plain.replace(/[.,]/g, ''))
  return Number(`${plain.slice(0, decimal.index).replace(/[.,]/g, '')}.${decimal[1]}`)
}

function lastDigit(number: string): number {
  const decimal = /[.,](\d{1,2}|\d{4,6})$/.exec(number) ?? /^0[.,](\d+)$/.exec(number)
  return decimal?.[1] ? 10 ** -decimal[1].length : 1
}

const rounded = (value: number) => Number(value.toPrecision(12))

function byName(units: typeof UNITS): Map<string, { base: string; factor: number }> {
  return new Map(units.flatMap(([base, factor, names]) => names.split(' ').map((name) => [name, { base, factor }])))
}
