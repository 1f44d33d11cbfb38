import type { Language } from '../understanding.port.ts'
import { wordKey } from '../words.ts'
import type { CatalogSlots } from './catalog-slots.ts'
import type { SlotColumn, SlotValue } from './slot-column.ts'

/** A condition on a field; the first of `columns` that a listing has decides. Null: the value does not say. */
export type FieldTest = {
  columns: SlotColumn[]
  holds(value: SlotValue): boolean | null
  /** Which side a bound is on. */
  side?: 'low' | 'high'
}

/** `failing`: a field says otherwise. `silent`: none does, and one is missing. Rows ascending, each once. */
export type Selection = { fitting: number[]; failing: number[]; silent: number[] }

/**
 * Products whose listing has all `words` and passes all `tests`. Reads each word's and each field's list once, so it costs what these
 * lists are long, whatever else the catalog holds. Without words every product is looked at.
 */
export function selectProducts(
  slots: CatalogSlots,
  words: string[],
  language: Language,
  tests: FieldTest[],
  sees: (row: number) => boolean,
): Selection {
  const count = slots.rowCount()
  const met = new Uint8Array(count)
  // One of the words must say what kind of thing it is, so that `laptop` does not bring up the bags for one.
  const kind = new Uint8Array(count)
  const categories = slots.categoriesOf(words, language)
  for (const { rows } of categories) for (const row of rows) kind[row] = 1
  for (const [place, word] of words.entries()) {
    const key = wordKey(word, language)
    for (const rows of slots.headed(word, language)) for (const row of rows) kind[row] = 1
    const lists = [
      ...slots.saying(word, language),
      ...categories.flatMap((one) => (one.words.has(key) ? [one.rows] : [])),
    ]
    for (const rows of lists) for (const row of rows) if (met[row] === place) met[row] = place + 1
  }
  const passed = new Uint8Array(count)
  const failed = new Uint8Array(count)
  for (const [place, test] of tests.entries()) judge(test, place + 1, passed, failed)
  const selection: Selection = { fitting: [], failing: [], silent: [] }
  for (let row = 0; row < count; row += 1) {
    if (met[row] !== words.length || (words.length > 0 && !kind[row]) || !sees(row)) continue
    if (failed[row]) selection.failing.push(row)
    else if (tests.every((_, place) => ((passed[row] ?? 0) >> place) & 1)) selection.fitting.push(row)
    else selection.silent.push(row)
  }
  return selection
}

// A bit a test; more than eight conditions in a question are not read.
export const MOST_TESTS = 8

function judge({ columns, holds }: FieldTest, number: number, passed: Uint8Array, failed: Uint8Array): void {
  const judged = columns.length > 1 ? new Uint8Array(passed.length) : null
  const bit = 1 << (number - 1)
  for (const { rows, codes, values } of columns) {
    const verdicts = values.map(holds)
    const all = codes.view()
    for (const [place, row] of rows.view().entries()) {
      const verdict = verdicts[all[place] ?? -1]
      if (judged?.[row] || verdict === null || verdict === undefined) continue
      if (judged) judged[row] = 1
      if (verdict) passed[row] = (passed[row] ?? 0) | bit
      else failed[row] = 1
    }
  }
}
