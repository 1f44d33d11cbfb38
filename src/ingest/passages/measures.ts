import type { AttributeValue } from '#domain/document.ts'

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
const BY_NAME = new Map(
  UNITS.flatMap(([base, factor, names]) => names.split(' ').map((name) => [name, { base, factor }] as const)),
)

/** Typed attributes as numbers of one base unit each (kg, m, l, W, Wh, V, Ah, h, d, m²); whatever is no single measure is left out. */
export function measuresOf(
  attributes: Record<string, AttributeValue>,
): Record<string, { value: number; unit: string }> {
  const measures: Record<string, { value: number; unit: string }> = {}
  for (const [name, attribute] of Object.entries(attributes)) {
    const measure =
      typeof attribute === 'object'
        ? toBase(attribute.value, attribute.unit)
        : typeof attribute === 'string'
          ? readMeasure(attribute)
          : null
    if (measure) measures[name] = measure
  }
  return measures
}

function readMeasure(text: string): { value: number; unit: string } | null {
  const match = /^\s*(\d{1,9}(?:[.,]\d{1,6})?)\s*([\p{L}²2.]{1,14})\.?\s*$/u.exec(text)
  return match?.[1] && match[2] ? toBase(Number(match[1].replace(',', '.')), match[2]) : null
}

function toBase(value: number, unit: string): { value: number; unit: string } | null {
  const known = BY_NAME.get(unit.toLowerCase())
  if (!known || !Number.isFinite(value)) return null
  return { value: Number((value * known.factor).toPrecision(12)), unit: known.base }
}
