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
  const passed = new Uint8Array(count)
  const failed = new Uint8Array(count)
  for (const [place, test] of tests.entries()) {
    judge(test, place + 1, passed, failed)
    if ('says' in test && test.unless) for (const row of sayingAll(slots, test.unless, language)) failed[row] = 1
  }
  const all = (1 << tests.length) - 1
  const selection: Selection = { fitting: [], failing: [], silent: [] }
  for (let row = 0; row < count; row += 1) {
    if (met[row] !== words.length || (words.length > 0 && !ofAnyKind && !kind[row]) || !sees(row)) continue
    if (failed[row]) selection.failing.push(row)
    else if (passed[row] === all) selection.fitting.push(row)
    else selection.silent.push(row)
  }
  return selection
}

function sayingAll(slots: CatalogSlots, words: string[], language: Language): number[] {
  const lists = words.map((word) => {
    const rows = formsOf(word, language).flatMap((form) => slots.saying(form.word, form.language))
    return new Set(rows.flatMap((list) => [...list]))
  })
  const [first, ...others] = lists
  return first ? [...first].filter((row) => others.every((list) => list.has(row))) : []
}

// A bit a test; more than eight conditions in a question are not read.
export const MOST_TESTS = 8

const YES = 1
const NO = 2

function judge(test: FieldTest, number: number, passed: Uint8Array, failed: Uint8Array): void {
  const judged = test.columns.length > 1 ? new Uint8Array(passed.length) : null
  const bit = 1 << (number - 1)
  for (const column of test.columns) {
    const verdicts = verdictsOf(test, column)
    const codes = viewOf(column.codes)
    const rows = viewOf(column.rows)
    for (let place = 0; place < rows.length; place += 1) {
      const row = rows[place] ?? 0
      const verdict = verdicts[codes[place] ?? -1]
      if (!verdict || judged?.[row]) continue
      if (judged) judged[row] = 1
      if (verdict === YES) passed[row] = (passed[row] ?? 0) | bit
      else failed[row] = 1
    }
  }
}

/** By code; 0 where the value does not say. Ranges must lie within a bound whole, or outside whole: in between nothing is said. */
function verdictsOf(test: FieldTest, column: SlotColumn): Uint8Array {
  const { texts, lows, highs, units } = column
  const verdicts = new Uint8Array(texts.length)
  for (let code = 0; code < texts.length; code += 1) {
    if ('says' in test) {
      const text = texts[code]
      const said = text === null || text === undefined ? null : test.says(text)
      verdicts[code] = said === null ? 0 : said ? YES : NO
      continue
    }
    const { low, high, open, unit, fits } = test.bound
    const least = lows[code] ?? Number.NaN
    const most = highs[code] ?? Number.NaN
    if (Number.isNaN(least) || (unit !== '' && units[code] !== unit)) continue
    if (fits && low !== null && least < most) {
      // A helmet for 58 to 62 cm sits on no head of 57.
      verdicts[code] = least <= low && low <= most ? YES : NO
      continue
    }
    const over = high !== null && (open ? most >= high : most > high)
    const under = low !== null && (open ? least <= low : least < low)
    // What is made for up to 16 inches takes 15 as well.
    if ((!over && !under) || (fits && most >= (low ?? 0))) verdicts[code] = YES
    else if (least === most || (high !== null && least > high) || (low !== null && most < low)) verdicts[code] = NO
  }
  return verdicts
}
