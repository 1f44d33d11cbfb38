import type { AttributeValue, Chunk } from '#domain/document.ts'
import type { Passage } from '../retrieval.port.ts'

/** Share of runs of three words in common from which two passages say the same. */
const NEARLY_THE_SAME = 0.9
/** Shorter texts are alike by chance: only the very same one is a copy. */
const LEAST_WORDS = 20
/** `Interest is compounded daily` says another thing under another title; so long a text that is the same says it all itself. */
const SPEAKS_FOR_ITSELF = 40
const NEGATION = /^(?:not?|never|nor|without|cannot|nicht|kein\p{L}*|nie|ohne)$/u

type Read = { words: string[]; runs: Set<string>; telling: string }

/**
 * The first `most` passages of a ranking, one of those that are copies of one another: the best placed. A passage with another
 * number or negation is no copy, nor is a short or changed one under another title, a product with another SKU, price or typed attribute, or
 * the answer to another question.
 */
export function oneOfAKind(ranking: Iterable<Passage>, most: number): Passage[] {
  const kept: Passage[] = []
  const read = new Map<Chunk, Read>()
  const reading = (chunk: Chunk) => {
    const known = read.get(chunk) ?? readText(chunk.text)
    read.set(chunk, known)
    return known
  }
  for (const passage of ranking) {
    if (kept.length >= most) break
    const { chunk } = passage
    if (!kept.some((better) => mayBeCopies(better.chunk, chunk) && sayTheSame(better.chunk, chunk, reading)))
      kept.push(passage)
  }
  return kept
}

function mayBeCopies(one: Chunk, two: Chunk): boolean {
  if (one.documentId === two.documentId || (one.kind === 'product') !== (two.kind === 'product')) return false
  if (languageOf(one) !== languageOf(two)) return false
  const [shorter, longer] = [one.text.length, two.text.length].sort((left, right) => left - right) as [number, number]
  if (shorter < 0.8 * longer) return false
  if (one.question !== undefined || two.question !== undefined)
    return shared(wordsIn(one.question ?? one.title), wordsIn(two.question ?? two.title)) >= NEARLY_THE_SAME
  return one.kind !== 'product' || isOneProduct(one, two)
}

/** Variants and different products may well share their description. */
function isOneProduct(one: Chunk, two: Chunk): boolean {
  if (one.sku && two.sku && one.sku !== two.sku) return false
  if (one.price && two.price && JSON.stringify(one.price) !== JSON.stringify(two.price)) return false
  for (const [name, value] of Object.entries(one.attributes)) {
    const other = two.attributes[name]
    if (other !== undefined && shownValue(one, name, value) !== shownValue(two, name, other)) return false
  }
  // `Lamp, white` and `Lamp, black` are two lamps, whatever else is the same; one SKU is one product under any title.
  return (one.sku !== undefined && one.sku === two.sku) || shared(wordsIn(one.title), wordsIn(two.title)) === 1
}

function shownValue({ measures }: Chunk, name: string, value: AttributeValue): string {
  return JSON.stringify(measures?.[name] ?? (typeof value === 'string' ? value.toLowerCase().trim() : value))
}

function sayTheSame(one: Chunk, two: Chunk, reading: (chunk: Chunk) => Read): boolean {
  const [left, right] = [reading(one), reading(two)]
  const same = left.words.length === right.words.length && left.words.every((word, at) => word === right.words[at])
  if (same && (left.words.length >= SPEAKS_FOR_ITSELF || one.kind === 'product' || one.kind === 'faq')) return true
  if (one.kind !== 'product' && shared(wordsIn(headOf(one)), wordsIn(headOf(two))) < NEARLY_THE_SAME) return false
  if (same) return true
  if (left.telling !== right.telling) return false
  if (Math.min(left.words.length, right.words.length) < LEAST_WORDS) return false
  let common = 0
  for (const run of left.runs) if (right.runs.has(run)) common++
  return common >= NEARLY_THE_SAME * (left.runs.size + right.runs.size - common)
}

function readText(text: string): Read {
  const words = wordsIn(text)
  const runs = new Set<string>()
  for (let at = 0; at + 3 <= words.length; at++) runs.add(`${words[at]} ${words[at + 1]} ${words[at + 2]}`)
  return { words, runs, telling: tellingOf(words) }
}

/** Numbers, and how often something is denied: what makes two rules of one wording two rules. */
const tellingOf = (words: string[]) => words.filter((word) => /\d/.test(word) || NEGATION.test(word)).join(' ')
const headOf = ({ title, headingPath }: Chunk) => [title, ...headingPath].join(' ')
const wordsIn = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+(?:[.,]\p{N}+)*/gu) ?? []
const languageOf = ({ locale, language }: Chunk) => (locale ?? language)?.toLowerCase().split('-')[0]

/** Words in common, of all words of both; 0–1. */
function shared(left: string[], right: string[]): number {
  const [one, two] = [new Set(left), new Set(right)]
  const common = [...one].filter((word) => two.has(word)).length
  return one.size + two.size === 0 ? 1 : (2 * common) / (one.size + two.size)
}
