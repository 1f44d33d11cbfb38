import { inBaseUnit, measuresIn } from '#domain/content/measures.ts'
import type { AttributeValue } from '#domain/document.ts'
import { decimalsOf, type Money } from '#domain/money.ts'
import { plainWord } from '../words.ts'
import { type IntList, intList } from './int-list.ts'

/** Longer text is prose with a number in it rather than a measure. */
const LONGEST = 40

/** A value of a field, with what can be measured of it. `low` equals `high` but for ranges; `unit` is a base unit, a currency, or ''. */
export type SlotValue = { value: AttributeValue; measure: { low: number; high: number; unit: string } | null }

/** One field of all listings that have it: a dictionary of its values, and which product has which. */
export type SlotColumn = {
  /** As questions name it; see fieldName. */
  name: string
  rows: IntList
  codes: IntList
  values: SlotValue[]
  /** `typed`: the same in base units, where the listing's own text was read as one on the way in. */
  put(row: number, value: AttributeValue | Money, typed?: { value: number; unit: string }): void
  /** The same without the rows `renumber` gives −1. */
  compacted(renumber: Int32Array): SlotColumn
}

/** `battery_life` and `Battery life` are one field. */
export const fieldName = (name: string) => name.replaceAll('_', ' ').split(/\s+/).map(plainWord).join(' ').trim()

export function slotColumn(name: string, rows = intList(), codes = intList(), values: SlotValue[] = []): SlotColumn {
  const codeOf = new Map(values.map((entry, code) => [spelled(entry.value), code]))
  return {
    name,
    rows,
    codes,
    values,
    put(row, given, typed) {
      const value = isMoney(given)
        ? { value: given.amount / 10 ** decimalsOf(given.currency), unit: given.currency }
        : given
      const code = codeOf.get(spelled(value)) ?? keep({ value, measure: measureOf(value, isMoney(given), typed) })
      rows.push(row)
      codes.push(code)
    },
    compacted(renumber) {
      const freshRows = intList()
      const freshCodes = intList()
      const codeNow = new Int32Array(values.length).fill(-1)
      const left: SlotValue[] = []
      const all = codes.view()
      for (const [place, row] of rows.view().entries()) {
        const code = all[place] ?? -1
        const entry = values[code]
        if ((renumber[row] ?? -1) < 0 || !entry) continue
        if (codeNow[code] === -1) codeNow[code] = left.push(entry) - 1
        freshRows.push(renumber[row] ?? -1)
        freshCodes.push(codeNow[code] ?? -1)
      }
      return slotColumn(name, freshRows, freshCodes, left)
    },
  }

  function keep(entry: SlotValue): number {
    const code = values.push(entry) - 1
    codeOf.set(spelled(entry.value), code)
    return code
  }
}

const isMoney = (value: AttributeValue | Money): value is Money => typeof value === 'object' && 'amount' in value
const spelled = (value: AttributeValue) =>
  typeof value === 'object' ? `${value.value} ${value.unit}` : `${typeof value}${value}`

function measureOf(
  value: AttributeValue,
  money: boolean,
  typed: { value: number; unit: string } | undefined,
): SlotValue['measure'] {
  if (typeof value === 'number') return { low: value, high: value, unit: '' }
  if (typeof value === 'object') {
    const base = money ? null : inBaseUnit(value.value, value.unit)
    const number = base?.value ?? value.value
    return { low: number, high: number, unit: base?.unit ?? (money ? value.unit : value.unit.toLowerCase()) }
  }
  if (typed) return { low: typed.value, high: typed.value, unit: typed.unit }
  if (typeof value !== 'string' || value.length > LONGEST) return null
  const [only, ...others] = measuresIn(value)
  return only && others.length === 0 ? { low: only.low, high: only.value, unit: only.unit } : null
}
