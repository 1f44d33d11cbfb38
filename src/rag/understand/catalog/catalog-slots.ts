import type { Audience, Chunk } from '#domain/document.ts'
import type { ChunkId } from '#domain/ids.ts'
import { type Placement, placementOf, visibleClasses } from '../../index/passages/visibility.ts'
import { contentOf } from '../content.ts'
import type { Language } from '../understanding.port.ts'
import { plainWord, wordKey, words } from '../words.ts'
import { type IntList, intList } from './int-list.ts'
import { fieldName, type SlotColumn, slotColumn } from './slot-column.ts'

/** Compaction starts when this many rows are gone and they are half of all. */
const LEAST_GONE = 1000

/** A product as far as slots know it: enough to find its passage again. */
export type SlotProduct = { chunkId: ChunkId; documentId: string; title: string; key: string }

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
  /** Categories all of whose words are among these, with the rows in them: `Tents & sleeping` is not meant by `tents`. */
  categoriesOf(words: string[], language: Language): { words: Set<string>; rows: Int32Array }[]
  /** Whether a category or a field is called by the word. */
  isKind(word: string, language: Language): boolean
  column(name: string): SlotColumn | undefined
  columns(): Iterable<SlotColumn>
}

type Words = { rows: Map<string, IntList>; spellings: Record<Language, Map<string, string[]>> }

export function catalogSlots(): CatalogSlots {
  let products: (SlotProduct | null)[] = []
  let classes = intList()
  let rows = new Map<ChunkId, number>()
  let said = wordTable()
  let names = wordTable()
  let heads = wordTable()
  let categories: { name: string; rows: IntList }[] = []
  const categoryNumbers = new Map<string, number>()
  const categoryWords = wordTable()
  /** Words of categories and fields; those of one that is gone stay, which only makes names harder to come by. */
  const kinds = wordTable()
  let columns = new Map<string, SlotColumn>()
  let dated = new Map<number, { from: number; until: number }>()
  const placements: { placement: Placement; live: number }[] = []
  const classNumbers = new Map<string, number>()

  function classNumber(chunk: Chunk): number {
    const placement = placementOf(chunk)
    const name = JSON.stringify(placement)
    const known = classNumbers.get(name)
    if (known !== undefined) return known
    classNumbers.set(name, placements.length)
    return placements.push({ placement, live: 0 }) - 1
  }

  function put(chunk: Chunk, keys: string[]): void {
    if (chunk.kind !== 'product' || chunk.position !== 0) return
    remove(chunk.id)
    const row = products.length
    const key = keys.find((one) => one.startsWith('sku:')) ?? keys[0] ?? ''
    products.push({ chunkId: chunk.id, documentId: chunk.documentId, title: chunk.title, key })
    rows.set(chunk.id, row)
    const number = classNumber(chunk)
    classes.push(number)
    const home = placements[number]
    if (home) home.live += 1
    if (chunk.validFrom || chunk.validUntil)
      dated.set(row, {
        from: chunk.validFrom ? Date.parse(chunk.validFrom) : Number.NEGATIVE_INFINITY,
        until: chunk.validUntil ? Date.parse(chunk.validUntil) : Number.POSITIVE_INFINITY,
      })
    for (const name of [chunk.title, ...chunk.aliases]) {
      note(names, row, name)
      note(heads, row, headOf(name))
    }
    note(said, row, textOf(chunk))
    for (const [name, value] of Object.entries(chunk.attributes))
      columnOf(fieldName(name)).put(row, value, chunk.measures?.[name])
    if (chunk.price) columnOf('price').put(row, chunk.price)
    if (chunk.category) columnOf('category').put(row, chunk.category)
    for (const name of new Set([chunk.category, chunk.scope.category].flatMap((path) => path?.split(/[>|/]/) ?? [])))
      categoryOf(name.trim()).push(row)
  }

  function categoryOf(name: string): IntList {
    const known = categories[categoryNumbers.get(name) ?? -1]
    if (known) return known.rows
    const fresh = { name, rows: intList() }
    const number = categories.push(fresh) - 1
    categoryNumbers.set(name, number)
    note(categoryWords, number, name)
    note(kinds, 0, name)
    return fresh.rows
  }

  function columnOf(name: string): SlotColumn {
    const known = columns.get(name)
    if (known) return known
    const column = slotColumn(name)
    columns.set(name, column)
    note(kinds, 0, name)
    return column
  }

  function remove(id: ChunkId): void {
    const row = rows.get(id)
    if (row === undefined) return
    rows.delete(id)
    products[row] = null
    dated.delete(row)
    const home = placements[classes.view()[row] ?? -1]
    if (home) home.live -= 1
    const gone = products.length - rows.size
    if (gone >= LEAST_GONE && gone * 2 >= products.length) compact()
  }

  function compact(): void {
    const renumber = new Int32Array(products.length).fill(-1)
    let next = 0
    for (const [row, product] of products.entries()) if (product) renumber[row] = next++
    const kept = (list: Int32Array) => list.filter((_, row) => (renumber[row] ?? -1) >= 0)
    classes = intList(kept(classes.view()))
    rows = new Map([...rows].map(([id, row]) => [id, renumber[row] ?? -1]))
    dated = new Map([...dated].map(([row, dates]) => [renumber[row] ?? -1, dates]))
    products = products.filter((product) => product !== null)
    said = renumbered(said, renumber)
    names = renumbered(names, renumber)
    heads = renumbered(heads, renumber)
    categories = categories.map(({ name, rows }) => ({ name, rows: intList(moved(rows.view(), renumber)) }))
    columns = new Map([...columns].map(([name, column]) => [name, column.compacted(renumber)]))
    for (const [name, column] of columns) if (column.values.length === 0) columns.delete(name)
  }

  return {
    put,
    remove,
    size: () => rows.size,
    rowCount: () => products.length,
    product: (row) => products[row] ?? null,
    visible(audience, at) {
      const seen = visibleClasses(
        placements.map(({ placement }) => placement),
        (place) => placements[place]?.live ?? 0,
        audience,
        ['product'],
      )
      const own = classes.view()
      const time = at.getTime()
      return (row) => {
        if (!products[row] || seen[own[row] ?? -1] !== true) return false
        const dates = dated.get(row)
        return !dates || (dates.from <= time && time < dates.until)
      }
    },
    saying: (word, language) => rowsOf(said, word, language),
    named: (word, language) => rowsOf(names, word, language),
    headed: (word, language) => rowsOf(heads, word, language),
    categoriesOf(asked, language) {
      const met = new Map<number, Set<string>>()
      for (const word of asked)
        for (const numbers of rowsOf(categoryWords, word, language))
          for (const number of numbers) met.set(number, (met.get(number) ?? new Set()).add(wordKey(word, language)))
      return [...met].flatMap(([number, keys]) => {
        const category = categories[number]
        const whole = category && new Set(contentOf(category.name, language).map(({ key }) => key)).size === keys.size
        return whole ? [{ words: keys, rows: category.rows.view() }] : []
      })
    },
    isKind: (word, language) => (kinds.spellings[language].get(wordKey(word, language)) ?? []).length > 0,
    column: (name) => columns.get(name),
    columns: () => columns.values(),
  }
}

const wordTable = (): Words => ({ rows: new Map(), spellings: { en: new Map(), de: new Map() } })

// Everything by which a product is one of a kind, besides its category: a field it has counts by its name, one it lacks does not.
function textOf({ title, scope, aliases, attributes }: Chunk): string {
  const values = Object.entries(attributes).map(([name, value]) => {
    if (value === false || (typeof value === 'string' && LACKING.test(value))) return ''
    return `${name} ${typeof value === 'object' ? `${value.value} ${value.unit}` : value === true ? '' : value}`
  })
  return [title, scope.brand, ...aliases, ...values].join(' ').replaceAll('_', ' ')
}

const LACKING = /^\s*(?:no|none|not|without|n\/a|nein|kein|keine|ohne|nicht|-)(?![\p{L}])/iu

// What a name is about stands last, before sizes and additions: `Holdvik Clerk laptop backpack, 20 l with rain cover`.
const headOf = (name: string) =>
  name
    .replace(/(?:[,;(|–]| - | with | for | mit | für ).*$/iu, '')
    .replace(/\s\S*\d\S*(?:\s(?:×|x|cm|mm|m|l|ml|g|kg|w|inch))?(?=\s|$)/giu, '')
    .trim()
    .split(/\s+/)
    .at(-1) ?? ''

/** Notes the row under every word of the text, once a word. */
function note(table: Words, row: number, text: string): void {
  const plain = new Set(words(text, 'en').map((word) => plainWord(word.text)))
  for (const word of plain) {
    let list = table.rows.get(word)
    if (!list) {
      list = intList()
      table.rows.set(word, list)
      for (const language of ['en', 'de'] as const) {
        const key = wordKey(word, language)
        const spellings = table.spellings[language].get(key)
        if (spellings) spellings.push(word)
        else table.spellings[language].set(key, [word])
      }
    }
    list.push(row)
  }
}

const rowsOf = (table: Words, word: string, language: Language): Int32Array[] =>
  (table.spellings[language].get(wordKey(word, language)) ?? []).flatMap((one) => table.rows.get(one)?.view() ?? [])

const moved = (rows: Int32Array, renumber: Int32Array) =>
  rows.map((row) => renumber[row] ?? -1).filter((row) => row >= 0)

function renumbered(table: Words, renumber: Int32Array): Words {
  const fresh: Words = wordTable()
  for (const [word, list] of table.rows) {
    const left = moved(list.view(), renumber)
    if (left.length > 0) fresh.rows.set(word, intList(left))
  }
  for (const language of ['en', 'de'] as const)
    for (const word of fresh.rows.keys()) {
      const key = wordKey(word, language)
      fresh.spellings[language].set(key, [...(fresh.spellings[language].get(key) ?? []), word])
    }
  return fresh
}
