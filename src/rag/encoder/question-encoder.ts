import type { Audience } from '#domain/document.ts'
import { guessLanguage, isStopWord, type Language, languageOfTag, stem } from './language.ts'
import { writtenAsArticleNumber } from './question/article-number.ts'
import { jointReadings, type Reading, readingsOf } from './question/question-words.ts'
import { phraseStem, type Vocabulary } from './vocabulary.ts'
import { bareKey, wordsOf } from './words.ts'

/** Longer texts are cut: nobody's question needs more, and each word costs a list. */
const MOST_WORDS = 400
const LONGEST_NAME = 10

/** A word of the question that means something, with the stem it is looked up by. */
export type QuestionWord = {
  /** As written, lower case. */
  word: string
  stem: string
  /** Inverse document frequency. */
  weight: number
  documentFrequency: number
  /** True when `stem` is a correction of what was written. */
  corrected: boolean
}
export type QuestionTerm = Reading & {
  /** Which of the content words it stands for; −1 for what stands for two of them. */
  place: number
}

export type EncodedQuestion = {
  language: Language
  /** Content words in order, then function words with weight 0. */
  words: QuestionWord[]
  /** Distinct terms the index knows, each with what it is worth. */
  terms: QuestionTerm[]
  /** What each content word is worth by itself, in the question's order; a passage covers it by any of its terms. */
  worth: number[]
  /** The same terms in the question's order, for phrases; −1 where a word is unknown to the shop. */
  sequence: number[]
  /** `sku:…` and `name:…` keys of every run of words in the question. */
  keys: string[]
  /** What a term of the shop is worth, asked or not. */
  inverseFrequency(term: number): number
}

/** Turns a question into weighted terms of the shop's vocabulary, correcting words the shop does not have. */
export function encodeQuestion(text: string, audience: Audience, shop: Vocabulary): EncodedQuestion {
  const words = wordsOf(text).slice(0, MOST_WORDS)
  const language = languageOfTag(audience.locale) ?? guessLanguage(words)
  const content = words.filter(({ text }) => !isStopWord(text, language))
  const best = new Map<number, QuestionTerm>()
  const sequence: number[] = []
  const named: QuestionWord[] = []

  const worth: number[] = []
  for (const [place, { text: word, beside }] of content.entries()) {
    const { stem, frequency, corrected, readings } = readingsOf(word, language, shop)
    const weight = shop.inverseFrequency(frequency)
    if (!beside || frequency > 0) named.push({ word, stem, weight, documentFrequency: frequency, corrected })
    worth.push(beside && frequency === 0 ? 0 : weight)
    if (!beside) sequence.push(frequency > 0 ? (shop.find(stem) ?? -1) : -1)
    for (const reading of readings) keep(best, { ...reading, place })
    const next = content[place + 1]
    if (next && !beside && !next.beside)
      for (const reading of jointReadings(word, next.text, language, shop)) keep(best, { ...reading, place: -1 })
  }

  for (const term of phrasesIn(sequence, shop))
    keep(best, { term, share: 1, weight: shop.inverseFrequency(shop.frequency(term)), corrected: false, place: -1 })

  const idle = words.filter(({ text }) => isStopWord(text, language))
  const functionWords = idle.map(({ text: word }) => ({
    word,
    stem: stem(word, language),
    weight: 0,
    documentFrequency: 0,
    corrected: false,
  }))
  return {
    language,
    words: [...named, ...functionWords],
    terms: [...best.values()],
    worth,
    sequence,
    inverseFrequency: (term) => shop.inverseFrequency(shop.frequency(term)),
    keys: keysOf(
      text,
      words.filter(({ beside }) => !beside),
    ),
  }
}

/** Pairs of neighbouring words that stand together in a title of the shop. */
function phrasesIn(sequence: number[], shop: Vocabulary): number[] {
  return sequence.slice(1).flatMap((term, place) => {
    const before = sequence[place] ?? -1
    if (term < 0 || before < 0) return []
    const phrase = shop.find(phraseStem(shop.stemOf(before), shop.stemOf(term)))
    return phrase !== undefined && shop.frequency(phrase) > 0 ? [phrase] : []
  })
}

function keep(best: Map<number, QuestionTerm>, term: QuestionTerm): void {
  const known = best.get(term.term)
  if (!known || known.weight < term.weight) best.set(term.term, term)
}

function keysOf(text: string, words: { text: string }[]): string[] {
  const keys = new Set(writtenAsArticleNumber(text).map((key) => `sku:${key}`))
  for (let from = 0; from < words.length; from += 1) {
    let joined = ''
    for (let length = 1; length <= LONGEST_NAME && from + length <= words.length; length += 1) {
      joined += bareKey(words[from + length - 1]?.text ?? '')
      keys.add(`name:${joined}`)
      // With a digit it may be written in any way; more than a size or a year it has to be.
      if (joined.length >= 4 && /\d/.test(joined)) keys.add(`sku:${joined}`)
    }
  }
  return [...keys]
}
