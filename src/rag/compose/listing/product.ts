import type { Chunk } from '#domain/document.ts'
import type { Passage } from '../../retrieval.port.ts'
import { sayingsOf } from '../../understand/catalog/reading/word-forms.ts'
import type { Question } from '../../understand/understanding.port.ts'
import { words } from '../../understand/words.ts'

export type ProductMatch = {
  /** Those the name fits best and alike: one, or the variants of one product. */
  chunks: [Chunk, ...Chunk[]]
  /** 1: the whole name or the SKU stands in the question; below: this share of the title's words. */
  share: number
}

// Half of a title is a short form people use (`EcoFire stove`); less could be any product of the kind.
const SHORT_FORM = 0.5

/** The product the question names, by SKU, by its title or an alias, or by a short form that fits one product alone; null when none is named. */
export function namedProduct(question: Question, passages: Passage[]): ProductMatch | null {
  const asked = words(question.text, question.language).map((word) => word.key)
  const products = uniqueProducts(passages)
  const bySku = withCode(question.text, products)
  if (bySku) return { chunks: [bySku], share: 1 }
  const scored = products
    .map((chunk) => ({ chunk, ...bestName(chunk, asked, question) }))
    .filter(({ share }) => share >= SHORT_FORM)
    .sort(
      (left, right) =>
        right.share - left.share || right.length - left.length || Number(right.measured) - Number(left.measured),
    )
  const [best] = scored
  if (!best) return null
  // Someone who looks for `espresso machines` names a kind, not the one machine that is called so.
  if (best.share < 1 && (question.browsing || best.length < 2)) return null
  const alike = scored.filter(
    (other) =>
      other !== best && other.share === best.share && other.length === best.length && other.measured === best.measured,
  )
  if (alike.some(({ chunk }) => !sameFamily(chunk, best.chunk))) return null
  return { chunks: [best.chunk, ...alike.map(({ chunk }) => chunk)], share: best.share }
}

// An article number stands there whole, however its parts are joined; one may begin with another (`TREZ-01559-BUR`).
const PARTS_OF_CODE = 6
const SHORTEST_CODE = 4

function withCode(text: string, products: Chunk[]): Chunk | null {
  const parts = plainParts(text)
  const runs = new Set<string>()
  for (let from = 0; from < parts.length; from += 1)
    for (let count = 1; count <= PARTS_OF_CODE; count += 1) runs.add(parts.slice(from, from + count).join(''))
  const codes = products
    .map((chunk) => ({ chunk, code: plainParts(chunk.sku ?? '').join('') }))
    .filter(({ code }) => code.length >= SHORTEST_CODE && runs.has(code))
    .sort((left, right) => right.code.length - left.code.length)
  return codes[0]?.chunk ?? null
}

const plainParts = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []

// Variants are called alike but for a size or a colour; two products that share a word are not variants.
function sameFamily(left: Chunk, right: Chunk): boolean {
  const [one, two] = [left, right].map(({ title }) => words(title, 'en').map((word) => word.key))
  if (!one || !two) return false
  const shared = one.filter((key) => two.includes(key)).length
  return left.category === right.category && shared >= 2 && shared / Math.min(one.length, two.length) >= 0.5
}

function uniqueProducts(passages: Passage[]): Chunk[] {
  const seen = new Set<string>()
  return passages
    .map(({ chunk }) => chunk)
    .filter((chunk) => chunk.kind === 'product' && !seen.has(chunk.documentId) && seen.add(chunk.documentId))
}

// Sizes behind a comma, numbers and units tell variants apart; the name itself is what is left.
const coreOf = (name: string) =>
  name.split(',')[0]?.replace(/\S*\d\S*(?:\s(?:×|x|cm|mm|m|l|ml|g|kg|w|inch|pieces|persons?))*/gi, ' ') ?? name

/** `measured`: the name was said to its last word and has a size in it, so that `3 × 3 m` is not `4 × 3 m` with a word missing. */
type NameMatch = { share: number; length: number; measured: boolean }

function bestName(chunk: Chunk, asked: string[], { language }: Question): NameMatch {
  const keysOf = (text: string) => [...new Set(words(text, language).map((word) => word.key))]
  let best: NameMatch = { share: 0, length: 0, measured: false }
  for (const name of [chunk.title, ...chunk.aliases]) {
    const core = keysOf(coreOf(name))
    const full = keysOf(name)
    const keys = core.length > 1 || core.length === full.length ? core : full
    // An alias of one word (`grinder`) is a kind of product rather than its name.
    if (keys.length === 0 || (name !== chunk.title && full.length < 2)) continue
    const share = keys.filter((key) => asked.includes(key)).length / keys.length
    if ((share === 1 && !standsTogether(keys, asked)) || (share < 1 && name !== chunk.title)) continue
    const length = full.filter((key) => asked.includes(key)).length
    const measured = length === full.length && full.some((key) => /\d/.test(key))
    if (share > best.share || (share === best.share && length > best.length)) best = { share, length, measured }
  }
  return best
}

// All words of a title scattered over a long question are no name; within two words' slack they are.
function standsTogether(title: string[], asked: string[]): boolean {
  const at = title.map((key) => asked.indexOf(key)).filter((index) => index >= 0)
  return at.length === 0 || Math.max(...at) - Math.min(...at) <= title.length + 2
}

/** Keys of the question's words that only name its subject: the document's title, or a product's alias. */
export function subjectOf(question: Question, chunk: Chunk): Set<string> {
  const names = chunk.kind === 'product' ? [chunk.title, ...chunk.aliases, chunk.sku ?? ''] : [chunk.title]
  const keys = new Set(words(names.join(' '), question.language).map((word) => word.key))
  const isName = ({ text, key }: { text: string; key: string }) =>
    keys.has(key) || (chunk.kind === 'product' && isCalled(text, keys, question))
  return new Set(question.content.filter(isName).map((word) => word.key))
}

// `Espressomaschine` names an espresso machine on an English page.
const isCalled = (word: string, keys: Set<string>, { language }: Question) =>
  sayingsOf(word, language).some((saying) => words(saying, language).every(({ key }) => keys.has(key)))
