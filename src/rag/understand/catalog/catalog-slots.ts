import type { Audience, Chunk } from '#domain/document.ts'
import type { ChunkId } from '#domain/ids.ts'
import { contentOf } from '../content.ts'
import type { Language } from '../understanding.port.ts'
import { plainWord, wordKey } from '../words.ts'
import { type IntList, intList, push, viewOf } from './columns/int-list.ts'
import { compacted, fieldName, putValue, type SlotColumn, slotColumn } from './columns/slot-column.ts'
import { type SlotProduct, type SlotProducts, slotProducts } from './columns/slot-products.ts'
import { headOf, saidOf } from './columns/slot-text.ts'
import { moved, noteRow, renumbered, rowsOf, slotWords, type WordRows, wordsIn } from './columns/slot-words.ts'
import type { WordForm } from './reading/word-forms.ts'

/** Compaction starts when this many rows are gone and they are half of all. */
const LEAST_GONE = 1000
/** Words that share so many first letters, or all but an ending, may be forms of one. */
const ALIKE = 4
const ENDING = 3

/** What a catalog's listings say, by field and by word, of every product at once. Kept by whoever keeps the index. */
export type CatalogSlots = {
  /** `keys` are the passage's own (see EncodedPassage); a product is its first passage. */
  put(chunk: Chunk, keys: string[]): void
  remove(id: ChunkId): void
  size(): number
  rowCount(): number
  product(row: number): SlotProduct | null
  /** Which rows a question may see. */
  visible(audience: Audience, at: Date): (row: number) => boolean
  /** Rows whose listing has the word in its title, brand, aliases, fields or values; rows may be gone, and come more than once. */
  saying(word: string, language: Language): Int32Array[]
  /** The same for titles and aliases alone. */
  named(word: string, language: Language): Int32Array[]
  /** Rows whose title or alias is about such a thing: `backpack` of `laptop backpack, 20 l`, never `laptop`. */
  headed(word: string, language: Language): Int32Array[]
  /**
   * Categories all of whose words are among these, with the rows in them and the places of the words that name them: `Tents &
   * sleeping` is not meant by `tents`. Each place holds one word in all its forms.
   */
  categoriesOf(asked: WordForm[][]): { places: Set<number>; rows: Int32Array }[]
  /** Whether titles are about something that begins alike and is another word here: `shelves` beside `shelf` in an unknown plural. */
  hasLikeHead(form: WordForm): boolean
  /** The first word of listings with these first letters that is the one looked for, in small letters; null without one. */
  written(is: (word: string) => boolean, start: string): string | null
  /** Whether a category or a field is called by the word. */
  isKind(word: string, language: Language): boolean
  column(name: string): SlotColumn | undefined
  columns(): Iterable<SlotColumn>
}

/** `leastGone`: compaction waits for so many empty rows. */
export function catalogSlots(leastGone = LEAST_GONE): CatalogSlots {
  const known = slotWords()
  const products: SlotProducts = slotProducts()
  let said: WordRows = []
  let names: WordRows = []
  let heads: WordRows = []
  let columns = new Map<string, SlotColumn>()
  let categories: { name: string; rows: IntList }[] = []
  const categoryNumbers = new Map<string, number>()
  const categoryWords: WordRows = []
  /** Words of categories and fields; those of one that is gone stay, which only makes names harder to come by. */
  const kinds: WordRows = []

  function put(chunk: Chunk, keys: string[]): void {
    if (chunk.kind !== 'product' || chunk.position !== 0) return
    remove(chunk.id)
    const row = products.add(chunk, keys.find((one) => one.startsWith('sku:')) ?? keys[0] ?? '')
    for (const name of [chunk.title, ...chunk.aliases]) {
      for (const word of wordsIn(known, name)) {
        noteRow(names, word, row)
        noteRow(said, word, row)
      }
      for (const word of wordsIn(known, headOf(name))) noteRow(heads, word, row)
    }
    for (const text of saidOf(chunk)) for (const word of wordsIn(known, text)) noteRow(said, word, row)
    for (const [name, value] of Object.entries(chunk.attributes))
      putValue(columnOf(fieldName(name)), row, value, chunk.measures?.[name])
    if (chunk.price) putValue(columnOf('price'), row, chunk.price)
    if (chunk.category) putValue(columnOf('category'), row, chunk.category)
    for (const name of new Set([chunk.category, chunk.scope.category].flatMap((path) => path?.split(/[>|/]/) ?? [])))
      push(categoryOf(name.trim()), row)
  }

  function categoryOf(name: string): IntList {
    const there = categories[categoryNumbers.get(name) ?? -1]
    if (there) return there.rows
    const fresh = { name, rows: intList() }
    const number = categories.push(fresh) - 1
    categoryNumbers.set(name, number)
    for (const word of wordsIn(known, name)) {
      noteRow(categoryWords, word, number)
      noteRow(kinds, word, 0)
    }
    return fresh.rows
  }

  function columnOf(name: string): SlotColumn {
    const there = columns.get(name)
    if (there) return there
    const column = slotColumn(name)
    columns.set(name, column)
    for (const word of wordsIn(known, name)) noteRow(kinds, word, 0)
    return column
  }

  function remove(id: ChunkId): void {
    if (!products.remove(id)) return
    const gone = products.rowCount() - products.size()
    if (gone >= leastGone && gone * 2 >= products.rowCount()) compact()
  }

  function compact(): void {
    const renumber = products.compact()
    said = renumbered(said, renumber)
    names = renumbered(names, renumber)
    heads = renumbered(heads, renumber)
    categories = categories.map(({ name, rows }) => ({ name, rows: intList(moved(viewOf(rows), renumber)) }))
    columns = new Map([...columns].map(([name, column]) => [name, compacted(column, renumber)]))
    for (const [name, column] of columns) if (column.rows.size === 0) columns.delete(name)
  }

  return {
    put,
    remove,
    size: products.size,
    rowCount: products.rowCount,
    product: products.at,
    visible: products.visible,
    saying: (word, language) => rowsOf(known, said, word, language),
    named: (word, language) => rowsOf(known, names, word, language),
    headed: (word, language) => rowsOf(known, heads, word, language),
    categoriesOf(asked) {
      const met = new Map<number, Set<number>>()
      for (const [place, forms] of asked.entries())
        for (const { word, language } of forms)
          for (const numbers of rowsOf(known, categoryWords, word, language))
            for (const number of numbers) met.set(number, (met.get(number) ?? new Set()).add(place))
      return [...met].flatMap(([number, places]) => {
        const category = categories[number]
        const whole = category && contentOf(category.name, 'en').length === places.size
        return whole ? [{ places, rows: viewOf(category.rows) }] : []
      })
    },
    hasLikeHead({ word, language }) {
      const own = wordKey(word, language)
      const plain = plainWord(word)
      const start = plain.slice(0, Math.max(ALIKE, plain.length - ENDING))
      for (const [other, number] of known.numbers)
        if (heads[number] !== undefined && other.startsWith(start) && wordKey(other, language) !== own) return true
      return false
    },
    written(is, start) {
      for (const [written, number] of known.numbers)
        if (said[number] !== undefined && written.startsWith(start) && is(written)) return written
      return null
    },
    isKind: (word, language) => rowsOf(known, kinds, word, language).length > 0,
    column: (name) => columns.get(name),
    columns: () => columns.values(),
  }
}
