import type { Seeded } from '../../demo/generator/seeded.ts'
import type { AttributeValue } from '../../src/domain/document.ts'
import type { Line } from './lines.ts'

export const COLOURS =
  'black|white|grey|anthracite|cream|sage|olive|navy|sky blue|teal|mint|mustard|terracotta|rust|burgundy|red|coral|pink|lilac|plum|brown|sand|beech|walnut|copper|silver'.split(
    '|',
  )
const MATERIALS =
  'aluminium|stainless steel|beech|oak|bamboo|cotton|linen|wool|recycled polyester|cork|stoneware|glass|leather|felt|ash wood|silicone'.split(
    '|',
  )
/** A shop's suppliers write weights as they like: kg, g, some in pounds. */
const POUND_KG = 0.45359237
const WEIGHED_SHARE = 0.85
const LEFT_OUT_SHARE = 0.08

/** One product's attributes, drawn around what the line's table rows say. `colour` is its own; numbers keep two digits. */
export function attributesOf(line: Line, colour: string, chance: Seeded): Record<string, AttributeValue> {
  const attributes: Record<string, AttributeValue> = {}
  for (const [name, values] of line.attributes) {
    if (name === 'colours' || name === 'style' || name === 'weight') continue
    if (!chance.chance(LEFT_OUT_SHARE)) attributes[name] = like(chance.pick(values), chance)
  }
  if (line.attributes.has('style')) attributes.style = line.type
  if (attributes.material === undefined && chance.chance(0.4)) attributes.material = chance.pick(MATERIALS)
  if (chance.chance(WEIGHED_SHARE)) attributes.weight = weight(line, chance)
  attributes.warranty = { value: chance.pick([1, 2, 2, 2, 3, 5, 10]), unit: 'years' }
  attributes.colours = colour
  return attributes
}

function like(value: AttributeValue, chance: Seeded): AttributeValue {
  if (typeof value === 'boolean') return chance.chance(0.3) ? !value : value
  if (typeof value === 'number') return Math.max(1, Math.round(value * spread(chance)))
  if (typeof value === 'object') return { value: twoDigits(value.value * spread(chance)), unit: value.unit }
  return value
}

function weight(line: Line, chance: Seeded): AttributeValue {
  const known = line.attributes.get('weight')?.[0]
  const kilos = typeof known === 'object' ? (known.unit === 'g' ? known.value / 1000 : known.value) : 0.9
  const own = kilos * spread(chance) * spread(chance)
  if (own < 1 || chance.chance(0.06)) return { value: twoDigits(own * 1000), unit: 'g' }
  if (chance.chance(0.03)) return { value: twoDigits(own / POUND_KG), unit: 'lb' }
  return { value: twoDigits(own), unit: 'kg' }
}

/** Half to twice, mostly near one. */
function spread(chance: Seeded): number {
  return 2 ** (chance.next() + chance.next() - 1)
}

function twoDigits(value: number): number {
  return Number(value.toPrecision(2))
}

/** A weight in kilograms; null of what is none. */
export function kilograms(value: AttributeValue | undefined): number | null {
  if (typeof value !== 'object') return null
  if (value.unit === 'kg') return value.value
  if (value.unit === 'g') return value.value / 1000
  return value.unit === 'lb' ? value.value * POUND_KG : null
}

/** As a shopper would say it: "1.2 kg", "yes", "oak". */
export function spoken(value: AttributeValue): string {
  if (typeof value === 'object') return `${value.value} ${value.unit}`
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return String(value)
}
