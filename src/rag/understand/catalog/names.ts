import { bareKey } from '../../encoder/words.ts'
import { contentOf, isFrame } from '../content.ts'
import type { ContentWord, Language } from '../understanding.port.ts'
import { plainWord, words } from '../words.ts'
import type { CatalogSlots } from './catalog-slots.ts'

/** More products of one name than this are a kind of product rather than a name. */
const MOST_OF_A_NAME = 6
const ORDINAL =
  /^(?:first|second|third|fourth|fifth|last|other|erste[rnms]?|zweite[rnms]?|dritte[rnms]?|letzte[rnms]?)$/iu

/** Rows of the products that a piece of text may name: their title or an alias has every word of it. Empty for a kind of product, and for no name. */
export function productsNamed(
  text: string,
  language: Language,
  slots: CatalogSlots,
  sees: (row: number) => boolean,
): number[] {
  const coded = rowsOfCode(text, slots).filter(sees)
  if (coded.length > 0) return coded
  const asked = [...new Set(contentOf(text, language).map((word) => word.text))]
  if (asked.length === 0 || asked.length > 12) return []
  const rows = rowsNamed(asked, language, slots, sees)
  if (rows.length > 50) return []
  const keys = new Set(contentOf(text, language).map(({ key }) => key))
  const whole = rows.filter((row) =>
    contentOf(slots.product(row)?.title ?? '', language).every(({ key }) => keys.has(key)),
  )
  const named = whole.length > 0 ? whole : rows
  return named.length <= MOST_OF_A_NAME ? named : []
}

// An article number, in capitals or not, with its hyphens or without.
function rowsOfCode(text: string, slots: CatalogSlots): number[] {
  const code = bareKey(text)
  if (!/\d/.test(code) || !/\p{L}/u.test(code) || code.length < SHORTEST_CODE || /\s/.test(text.trim())) return []
  const key = `sku:${code}`
  const rows: number[] = []
  for (let row = 0; row < slots.rowCount(); row += 1) if (slots.product(row)?.key === key) rows.push(row)
  return rows
}

const SHORTEST_CODE = 4

function rowsNamed(asked: string[], language: Language, slots: CatalogSlots, sees: (row: number) => boolean): number[] {
  const met = new Map<number, number>()
  for (const [place, word] of asked.entries()) {
    for (const list of slots.named(word, language))
      for (const row of list) if (place === 0 ? !met.has(row) : met.get(row) === place) met.set(row, place + 1)
    if (place === 0 && met.size === 0) return []
  }
  return [...met]
    .flatMap(([row, count]) => (count === asked.length && sees(row) ? [row] : []))
    .sort((one, two) => one - two)
}

/**
 * Rows of the products that a whole question names by a word that only names (`the Nocturne`): it stands in few titles and in no
 * category, field or value. Empty where no such word stands there, or where several point apart.
 */
export function namedWithin(
  text: string,
  language: Language,
  slots: CatalogSlots,
  sees: (row: number) => boolean,
): { rows: number[]; words: string[] } {
  const naming = contentOf(text, language).filter((word) => !isFrame(word) && isOnlyAName(word, language, slots))
  // `The second one` counts, though something is called Second Skin.
  if (naming.every((word) => ORDINAL.test(word.text))) return { rows: [], words: [] }
  const rows = rowsNamed(
    naming.map((word) => word.text),
    language,
    slots,
    sees,
  )
  const closer = withNumbers(rows, text, language, slots)
  return closer.length <= MOST_OF_A_NAME
    ? { rows: closer, words: naming.map((word) => word.text) }
    : { rows: [], words: [] }
}

// `the Owl 300` among an Owl 300 and an Owl 700.
function withNumbers(rows: number[], text: string, language: Language, slots: CatalogSlots): number[] {
  const numbers = contentOf(text, language).flatMap((word) => (/\d/.test(word.text) ? [word.text] : []))
  const having = rows.filter((row) => {
    const title = words(slots.product(row)?.title ?? '', language).map((word) => word.text)
    return numbers.some((number) => title.includes(number))
  })
  return having.length > 0 ? having : rows
}

// Listings write it as a name: with a capital among small letters, or, where all words have one, not as the last; and no category
// and no field is called so.
function isOnlyAName(word: ContentWord, language: Language, slots: CatalogSlots): boolean {
  const rows = new Set(slots.named(word.text, language).flatMap((list) => [...list.subarray(0, MOST_READ)]))
  if (rows.size === 0 || rows.size >= MOST_READ || slots.isKind(word.text, language)) return false
  const titles = [...rows].flatMap((row) => slots.product(row)?.title ?? [])
  return titles.length > 0 && titles.every((title) => isNameIn(title, word, language))
}

const MOST_READ = 24

function isNameIn(title: string, { key, name, text: asked }: ContentWord, language: Language): boolean {
  const all = words(title, language)
  const place = all.findIndex((word) => word.key === key)
  const said = all[place]?.text ?? ''
  if (!/^\p{Lu}/u.test(said) || !isNameAgain(said, asked)) return false
  const small = all.some(({ text }) => /^\p{Ll}{3}/u.test(text) && text.length > 3)
  return small || (name && place < all.length - 1)
}

// A name has no endings but that of whose it is: `Leder` is not `LED`.
const isNameAgain = (said: string, asked: string) => {
  const [one, other] = [plainWord(said), plainWord(asked)]
  return one === other || `${one}s` === other || one === `${other}s`
}
