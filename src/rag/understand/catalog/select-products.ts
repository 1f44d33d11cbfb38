import type { Language } from '../understanding.port.ts'
import type { CatalogSlots } from './catalog-slots.ts'
import { viewOf } from './columns/int-list.ts'
import type { SlotColumn } from './columns/slot-column.ts'
import { formsOf } from './reading/word-forms.ts'

/** A condition on a field; the first of `columns` that a listing has decides. Either a bound on what is measured, or a reading of the text. */
export type FieldTest =
  | {
      columns: SlotColumn[]
      bound: { low: number | null; high: number | null; open: boolean; unit: string; fits: boolean }
    }
  /** Null: the text does not say. A listing that has all words of `unless` fails, whatever its fields say. */
  | { columns: SlotColumn[]; says(text: string): boolean | null; unless?: string[] }

/** `failing`: a field says otherwise. `silent`: none does, and one is missing. Rows ascending, each once. */
export type Selection = { fitting: number[]; failing: number[]; silent: number[] }

/**
 * Products whose listing has all `words` and passes all `tests`. Reads each word's and each field's list once, so it costs what these
 * lists are long, whatever else the catalog holds. Without words every product is looked at. One of the words has to say what kind of
 * thing it is, but for `ofAnyKind`.
 */
export function selectProducts(
  slots: CatalogSlots,
  words: string[],
  language: Language,
  tests: FieldTest[],
  sees: (row: number) => boolean,
  ofAnyKind = false,
): Selection {
  const count = slots.rowCount()
  const met = new Uint8Array(count)
  // One of the words must say what kind of thing it is, so that `laptop` does not bring up the bags for one.
  const kind = new Uint8Array(count)
  const forms = words.map((word) => formsOf(word, language))
  const categories = slots.categoriesOf(forms)
  for (const { rows } of categories) for (const row of rows) kind[row] = 1
  for (const [place, own] of forms.entries()) {
    const lists = categories.flatMap(({ places, rows }) => (places.has(place) ? [rows] : []))
    for (const { word, language } of own) {
      for (const rows of slots.headed(word, language)) for (const row of rows) kind[row] = 1
      lists.push(...slots.saying(word, language))
    }
    for (const rows of lists) for (const row of rows) if (met[row] === place) met[row] = place + 1
  }
  const rows: number[] = []
  for (let row = 0; row < count; row += 1)
    if (met[row] === words.length && (words.length === 0 || ofAnyKind || kind[row] === 1) && sees(row)) rows.push(row)
  const passed = new Uint8Array(rows.length)
  const failed = new Uint8Array(rows.length)
  for (const [place, test] of tests.entries()) {
    judge(test, place + 1, rows, passed, failed)
    const ruledOut = 'says' in test && test.unless ? sayingAll(slots, test.unless, language) : null
    if (ruledOut) for (const [at, row] of rows.entries()) if (ruledOut.has(row)) failed[at] = 1
  }
  const all = (1 << tests.length) - 1
  const selection: Selection = { fitting: [], failing: [], silent: [] }
  for (const [at, row] of rows.entries()) {
    if (failed[at]) selection.failing.push(row)
    else if (passed[at] === all) selection.fitting.push(row)
    else selection.silent.push(row)
  }
  return selection
}

function sayingAll(slots: CatalogSlots, words: string[], language: Language): Set<number> {
  const [first = new Set<number>(), ...others] = words.map(
    (word) =>
      new Set(
        formsOf(word, language).flatMap((form) => slots.saying(form.word, form.language).flatMap((list) => [...list])),
      ),
  )
  return new Set([...first].filter((row) => others.every((list) => list.has(row))))
}

// A bit a test; more than eight conditions in a question are not read.
export const MOST_TESTS = 8

const YES = 1
const NO = 2

/** Notes for each of `asked` (ascending, as a column's rows are) what the test says of it. */
function judge(test: FieldTest, number: number, asked: number[], passed: Uint8Array, failed: Uint8Array): void {
  const judged = new Uint8Array(asked.length)
  const bit = 1 << (number - 1)
  for (const column of test.columns) {
    const verdictOf = verdictsOf(test, column)
    const codes = viewOf(column.codes)
    const rows = viewOf(column.rows)
    let place = 0
    for (const [at, row] of asked.entries()) {
      place = firstFrom(rows, row, place)
      const before = judged[at]
      for (; rows[place] === row; place += 1) {
        const verdict = before ? 0 : verdictOf(codes[place] ?? -1)
        if (!verdict) continue
        judged[at] = 1
        if (verdict === YES) passed[at] = (passed[at] ?? 0) | bit
        else failed[at] = 1
      }
    }
  }
}

/** The first place from `from` on whose row is not below `row`: in growing steps, then by halves, for few rows of a long list. */
function firstFrom(rows: Int32Array, row: number, from: number): number {
  let low = from
  let step = 1
  while (low + step < rows.length && (rows[low + step] as number) < row) {
    low += step
    step *= 2
  }
  let high = Math.min(rows.length, low + step + 1)
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rows[middle] as number) < row) low = middle + 1
    else high = middle
  }
  return low
}

/** Verdicts by code, 0 where the value does not say; each text is read once. */
function verdictsOf(test: FieldTest, { texts, lows, highs, units }: SlotColumn): (code: number) => number {
  if (!('says' in test))
    return (code) => measured(test.bound, lows[code] ?? Number.NaN, highs[code] ?? Number.NaN, units[code] ?? '')
  const read = new Map<number, number>()
  return (code) => {
    const known = read.get(code)
    if (known !== undefined) return known
    const text = texts[code]
    const said = text === null || text === undefined ? null : test.says(text)
    const verdict = said === null ? 0 : said ? YES : NO
    read.set(code, verdict)
    return verdict
  }
}

/** Ranges must lie within a bound whole, or outside whole: in between nothing is said. */
function measured(
  { low, high, open, unit, fits }: Extract<FieldTest, { bound: unknown }>['bound'],
  least: number,
  most: number,
  own: string,
): number {
  if (Number.isNaN(least) || (unit !== '' && own !== unit)) return 0
  // A helmet for 58 to 62 cm sits on no head of 57.
  if (fits && low !== null && least < most) return least <= low && low <= most ? YES : NO
  const over = high !== null && (open ? most >= high : most > high)
  const under = low !== null && (open ? least <= low : least < low)
  // What is made for up to 16 inches takes 15 as well.
  if ((!over && !under) || (fits && most >= (low ?? 0))) return YES
  return least === most || (high !== null && least > high) || (low !== null && most < low) ? NO : 0
}
