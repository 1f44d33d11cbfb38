import type { QueryTerm } from '../retrieval.port.ts'
import { isFrame } from './content.ts'
import type { ContentWord, Question } from './understanding.port.ts'
import { plainWord, sameWord } from './words.ts'

/** A content word with what finding it is worth in this shop. */
export type WeighedWord = ContentWord & {
  weight: number
  /** No live passage of the shop has it. */
  unknown: boolean
}

// Words of asking (`get`, `item`) say little about whether a passage answers; they keep a quarter of their weight.
const FRAME_SHARE = 0.25

/** The question's content words with the weights retrieval gave them; a word it did not weigh gets the mean. */
export function weighed(question: Question, terms: QueryTerm[]): WeighedWord[] {
  const byWord = new Map(terms.map((term) => [plainWord(term.word), term]))
  const given = terms.filter((term) => term.weight > 0)
  const mean = given.length > 0 ? given.reduce((sum, term) => sum + term.weight, 0) / given.length : 1
  return question.content.map((word) => {
    const term = byWord.get(plainWord(word.text))
    const weight = term && term.weight > 0 ? term.weight : mean
    const frame = isFrame(word) && !word.name
    return {
      ...word,
      weight: frame ? weight * FRAME_SHARE : weight,
      unknown: term !== undefined && term.documentFrequency === 0 && !frame,
    }
  })
}

/** Share of `asked`, by weight, that stands among `keys`; 1 when nothing is asked. */
export function covered(asked: WeighedWord[], keys: Set<string>): number {
  let total = 0
  let found = 0
  for (const word of asked) {
    total += word.weight
    if (has(keys, word)) found += word.weight
  }
  return total > 0 ? found / total : 1
}

/**
 * What is asked about the subject: the words that do not name it. Where those are words of asking alone (`Do you offer gift
 * cards?` under the title Gift cards), the subject is what is asked; of a product it never is, its name stands everywhere.
 */
export function predicateOf(asked: WeighedWord[], subject: Set<string>, ofProduct: boolean): WeighedWord[] {
  const rest = asked.filter((word) => !subject.has(word.key))
  return ofProduct || rest.some((word) => word.name || !isFrame(word)) ? rest : asked
}

/** Whether the word, or another form of it, is among `keys`. Names and numbers must stand there as they are. */
export function has(keys: Set<string>, word: { key: string; name: boolean; text: string }): boolean {
  if (keys.has(word.key)) return true
  if (/\d/.test(word.key)) return false
  for (const key of keys) if (sameWord(key, word.key)) return true
  return false
}
