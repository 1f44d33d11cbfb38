import type { Chunk } from '#domain/document.ts'
import type { Passage } from '../retrieval.port.ts'
import type { Question } from '../understand/understanding.port.ts'
import { plainWord, words } from '../understand/words.ts'

export type ProductMatch = {
  chunk: Chunk
  /** Other products with the same title: which one is meant cannot be told. */
  twins: Chunk[]
  /** 1: the whole title or the SKU stands in the question; below: this share of the title's words. */
  share: number
}

// Half of a title is a short form people use (`EcoFire stove`); less could be any product of the kind.
const SHORT_FORM = 0.5

/** The product the question names, by SKU, by its title, or by a short form that fits one product alone; null when none is named. */
export function namedProduct(question: Question, passages: Passage[]): ProductMatch | null {
  const asked = words(question.text, question.language).map((word) => word.key)
  const askedKeys = new Set(asked)
  const products = uniqueProducts(passages)
  const lower = question.text.toLowerCase()
  const bySku = products.find(
    ({ chunk }) => chunk.sku && chunk.sku.length >= 4 && lower.includes(chunk.sku.toLowerCase()),
  )
  if (bySku) return { chunk: bySku.chunk, twins: [], share: 1 }
  const scored = products
    .map(({ chunk, keys }) => ({ chunk, keys, share: shareOf(keys, askedKeys), length: keys.length }))
    .filter(({ share }) => share >= SHORT_FORM)
    .sort((left, right) => right.share - left.share || right.length - left.length)
  const [best] = scored
  if (!best || (best.share === 1 && !standsTogether(best.keys, asked))) return null
  const rivals = scored.filter(
    (other) => other !== best && other.share === best.share && (best.share < 1 || other.length === best.length),
  )
  if (best.share < 1 && (rivals.length > 0 || best.length < 2)) return null
  return { chunk: best.chunk, share: best.share, twins: rivals.map(({ chunk }) => chunk) }
}

function uniqueProducts(passages: Passage[]) {
  const seen = new Map<string, { chunk: Chunk; keys: string[] }>()
  for (const { chunk } of passages)
    if (chunk.kind === 'product' && !seen.has(chunk.documentId))
      seen.set(chunk.documentId, { chunk, keys: titleKeys(chunk) })
  return [...seen.values()]
}

// Titles are matched in both languages' stems: a German question names an English product as it is written.
const titleKeys = (chunk: Chunk) =>
  [...new Set(words(chunk.title, 'en').map((word) => word.key))].filter((key) => key.length > 0)

function shareOf(keys: string[], asked: Set<string>): number {
  if (keys.length === 0) return 0
  return keys.filter((key) => asked.has(key)).length / keys.length
}

// All words of a title scattered over a long question are no name; within two words' slack they are.
function standsTogether(title: string[], asked: string[]): boolean {
  const at = title.map((key) => asked.indexOf(key)).filter((index) => index >= 0)
  return at.length === 0 || Math.max(...at) - Math.min(...at) <= title.length + 2
}

/** Plain words of the question that only name the product. */
export function subjectOf(question: Question, title: string): Set<string> {
  const keys = new Set(words(title, question.language).map((word) => word.key))
  const plain = new Set(words(title, question.language).map((word) => plainWord(word.text)))
  return new Set(
    question.content.filter((word) => keys.has(word.key) || plain.has(plainWord(word.text))).map((word) => word.key),
  )
}
