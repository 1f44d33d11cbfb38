import type { Language } from '../../understanding.port.ts'
import { plainWord, wordKey, words } from '../../words.ts'
import { type IntList, intList, push, viewOf } from './int-list.ts'

const LANGUAGES = ['en', 'de'] as const
/** Texts whose words are kept: values and names of fields repeat from product to product. */
const TEXTS_KEPT = 20_000
const LONGEST_KEPT = 40
/** Spellings with their capitals and accents; others are folded anew. */
const WRITTEN_KEPT = 50_000

/** The words of a catalog, each once, with a number; forms of one word are found together. */
export type SlotWords = {
  numbers: Map<string, number>
  spellings: Record<Language, Map<string, number[]>>
  texts: Map<string, number[]>
  written: Map<string, number>
}
/** Rows by word number; a word of a single row holds that row alone, as most do. */
export type WordRows = (number | IntList | undefined)[]

export const slotWords = (): SlotWords => ({
  numbers: new Map(),
  spellings: { en: new Map(), de: new Map() },
  texts: new Map(),
  written: new Map(),
})

/** Numbers of the words of a text, in order, as often as they stand there. */
export function wordsIn(known: SlotWords, text: string): number[] {
  const kept = known.texts.get(text)
  if (kept) return kept
  const found = words(text, 'en').map((word) => numberOf(known, word.text))
  if (text.length <= LONGEST_KEPT && known.texts.size < TEXTS_KEPT) known.texts.set(text, found)
  return found
}

function numberOf(known: SlotWords, written: string): number {
  const same = known.written.get(written)
  if (same !== undefined) return same
  const plain = plainWord(written)
  let number = known.numbers.get(plain)
  if (number === undefined) {
    number = known.numbers.size
    known.numbers.set(plain, number)
    for (const language of LANGUAGES) {
      const key = wordKey(plain, language)
      const others = known.spellings[language].get(key)
      if (others) others.push(number)
      else known.spellings[language].set(key, [number])
    }
  }
  if (known.written.size < WRITTEN_KEPT) known.written.set(written, number)
  return number
}

/** Notes a row under a word, once in a run of the same row. */
export function noteRow(table: WordRows, word: number, row: number): void {
  const list = table[word]
  if (list === undefined) table[word] = row
  else if (typeof list === 'number') {
    if (list === row) return
    const two = intList()
    push(two, list)
    push(two, row)
    table[word] = two
  } else if (list.values[list.size - 1] !== row) push(list, row)
}

/** Rows of all forms of a word; a list a form. */
export function rowsOf(known: SlotWords, table: WordRows, word: string, language: Language): Int32Array[] {
  return (known.spellings[language].get(wordKey(word, language)) ?? []).flatMap((number) => {
    const list = table[number]
    return list === undefined ? [] : [typeof list === 'number' ? Int32Array.of(list) : viewOf(list)]
  })
}

/** The same table for rows that were given other numbers; −1 is gone. */
export function renumbered(table: WordRows, renumber: Int32Array): WordRows {
  return table.map((list) => {
    if (list === undefined) return undefined
    const rows = typeof list === 'number' ? Int32Array.of(list) : viewOf(list)
    const left = moved(rows, renumber)
    return left.length === 0 ? undefined : left.length === 1 ? left[0] : intList(left)
  })
}

export const moved = (rows: Int32Array, renumber: Int32Array) =>
  rows.map((row) => renumber[row] ?? -1).filter((row) => row >= 0)
