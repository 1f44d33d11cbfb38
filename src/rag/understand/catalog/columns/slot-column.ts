import { inBaseUnit, measuresIn } from '#domain/content/measures.ts'
import type { AttributeValue } from '#domain/document.ts'
import { decimalsOf, type Money } from '#domain/money.ts'
import { plainWord } from '../../words.ts'
import { type IntList, intList, push, viewOf } from './int-list.ts'

/** Longer text is prose with a number in it rather than a measure. */
const LONGEST = 40

/** What can be measured of a value: `low` equals `high` but for ranges; `unit` is a base unit, a currency, or ''. */
export type SlotMeasure = { low: number; high: number; unit: string }

/** One field of all listings that have it: which product says what, by a number for each way of saying it. */
export type SlotColumn = {
  /** As questions name it; see fieldName. */
  name: string
  rows: IntList
  codes: IntList
  /** By code: the text, null for a number; NaN and '' where nothing is measured. */
  texts: (string | null)[]
  lows: number[]
  highs: number[]
  units: string[]
  /** Units that occur at all. */
  inUnits: Set<string>
  codeOf: Map<string, number>
}

/** `battery_life` and `Battery life` are one field. */
export function fieldName(name: string): string {
  const known = FIELD_NAMES.get(name)
  if (known !== undefined) return known
  const plain = name.replaceAll('_', ' ').split(/\s+/).map(plainWord).join(' ').trim()
  if (FIELD_NAMES.size < NAMES_KEPT) FIELD_NAMES.set(name, plain)
  return plain
}
const FIELD_NAMES = new Map<string, string>()
const NAMES_KEPT = 10_000

export const slotColumn = (name: string): SlotColumn => ({
  name,
  rows: intList(),
  codes: intList(),
  texts: [],
  lows: [],
  highs: [],
  units: [],
  inUnits: new Set(),
  codeOf: new Map(),
})

/** Notes what a product says; `typed` is the same in base units, where the listing's text was read as one on the way in. */
export function putValue(
  column: SlotColumn,
  row: number,
  value: AttributeValue | Money,
  typed?: { value: number; unit: string },
): void {
  push(column.rows, row)
  push(column.codes, codeFor(column, value, typed))
}

function codeFor(column: SlotColumn, value: AttributeValue | Money, typed?: { value: number; unit: string }): number {
  const text = typeof value === 'string' ? value : typeof value === 'boolean' ? `${value}` : null
  // Texts repeat from product to product, prices hardly ever: only texts are worth a dictionary.
  const known = text === null ? undefined : column.codeOf.get(text)
  if (known !== undefined) return known
  const code = column.texts.push(text) - 1
  if (text !== null) column.codeOf.set(text, code)
  const measure = slotMeasure(value, typed)
  column.lows.push(measure?.low ?? Number.NaN)
  column.highs.push(measure?.high ?? Number.NaN)
  column.units.push(measure?.unit ?? '')
  if (measure) column.inUnits.add(measure.unit)
  return code
}

/** The same column without the rows that `renumber` gives −1. */
export function compacted(column: SlotColumn, renumber: Int32Array): SlotColumn {
  const fresh = slotColumn(column.name)
  const codeNow = new Int32Array(column.texts.length).fill(-1)
  const codes = viewOf(column.codes)
  for (const [place, row] of viewOf(column.rows).entries()) {
    const next = renumber[row] ?? -1
    const code = codes[place] ?? -1
    if (next < 0 || code < 0) continue
    if (codeNow[code] === -1) codeNow[code] = copied(column, code, fresh)
    push(fresh.rows, next)
    push(fresh.codes, codeNow[code] ?? -1)
  }
  return fresh
}

function copied(from: SlotColumn, code: number, to: SlotColumn): number {
  const text = from.texts[code] ?? null
  const fresh = to.texts.push(text) - 1
  const unit = from.units[code] ?? ''
  if (text !== null) to.codeOf.set(text, fresh)
  to.lows.push(from.lows[code] ?? Number.NaN)
  to.highs.push(from.highs[code] ?? Number.NaN)
  to.units.push(unit)
  if (!Number.isNaN(from.lows[code])) to.inUnits.add(unit)
  return fresh
}

/** What can be measured of a value; null for plain text and for several measures in one. */
export function slotMeasure(
  value: AttributeValue | Money,
  typed?: { value: number; unit: string },
): SlotMeasure | null {
  if (typeof value === 'number') return { low: value, high: value, unit: '' }
  if (typeof value === 'boolean') return null
  if (typeof value === 'object') {
    if ('amount' in value) return only(value.amount / 10 ** decimalsOf(value.currency), value.currency)
    // Years are no typed measure, yet questions count them in months as running text does.
    const base = inBaseUnit(value.value, value.unit) ?? measuresIn(`${value.value} ${value.unit}`)[0]
    return only(base?.value ?? value.value, base?.unit ?? value.unit.toLowerCase())
  }
  if (typed) return only(typed.value, typed.unit)
  if (value.length > LONGEST || !/\d/.test(value)) return null
  const [first, ...others] = measuresIn(value)
  return first && others.length === 0 ? { low: first.low, high: first.value, unit: first.unit } : null
}

const only = (value: number, unit: string): SlotMeasure => ({ low: value, high: value, unit })
