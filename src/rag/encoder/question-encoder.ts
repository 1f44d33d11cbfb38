import type { Audience } from '#domain/document.ts'
import { guessLanguage, isStopWord, type Language, languageOfTag, stem } from './language.ts'
import { phraseStem, type Vocabulary } from './vocabulary.ts'
import { bareKey, wordsOf } from './words.ts'

/** Longer texts are cut: nobody's question needs more, and each word costs a list. */
const MOST_WORDS = 400
/** What a misspelt word's correction weighs, against the word itself, beside its likeness. */
const CORRECTION = 0.8
const MOST_CORRECTIONS = 3
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
export type QuestionTerm = {
  term: number
  weight: number /** Reached by likeness of spelling only. */
  corrected: boolean
}

export type EncodedQuestion = {
  /** Content words in order, then function words with weight 0. */
  words: QuestionWord[]
  /** Distinct terms the index knows, each with what it is worth. */
  terms: QuestionTerm[]
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

  for (const [place, { text: word, beside }] of content.entries()) {
    const match = lookUp(word, language, shop)
    const weight = shop.inverseFrequency(match.frequency)
    if (!beside || match.frequency > 0)
      named.push({
        word,
        stem: match.stem,
        weight,
        documentFrequency: match.frequency,
        corrected: match.near.length > 0,
      })
    if (!beside) sequence.push(match.frequency > 0 ? (shop.find(match.stem) ?? -1) : -1)
    if (match.frequency > 0 && match.near.length === 0)
      keep(best, { term: shop.find(match.stem) ?? 0, weight, corrected: false })
    for (const { term, likeness } of match.near)
      keep(best, { term, weight: shop.inverseFrequency(shop.frequency(term)) * likeness * CORRECTION, corrected: true })
    const next = content[place + 1]
    const joined = next && !beside && !next.beside ? shop.find(stem(word + next.text, language)) : undefined
    // `back pack` in the question, `backpack` in the shop.
    if (joined !== undefined && shop.frequency(joined) > 0)
      keep(best, { term: joined, weight: shop.inverseFrequency(shop.frequency(joined)), corrected: false })
  }

  for (const term of phrasesIn(sequence, shop))
    keep(best, { term, weight: shop.inverseFrequency(shop.frequency(term)), corrected: false })

  const idle = words.filter(({ text }) => isStopWord(text, language))
  const functionWords = idle.map(({ text: word }) => ({
    word,
    stem: stem(word, language),
    weight: 0,
    documentFrequency: 0,
    corrected: false,
  }))
  return {
    words: [...named, ...functionWords],
    terms: [...best.values()],
    sequence,
    inverseFrequency: (term) => shop.inverseFrequency(shop.frequency(term)),
    keys: keysOf(words.filter(({ beside }) => !beside)),
  }
}

type Match = { stem: string; frequency: number; near: { term: number; likeness: number }[] }

/** The word's own stem; else its stem in the other language; else the nearest spellings. */
function lookUp(word: string, language: Language, shop: Vocabulary): Match {
  const own = stem(word, language)
  for (const form of [own, stem(word, 'en'), stem(word, 'de'), word]) {
    const term = shop.find(form)
    const frequency = term === undefined ? 0 : shop.frequency(term)
    if (frequency > 0) return { stem: form, frequency, near: [] }
  }
  const near = shop.near(own, MOST_CORRECTIONS)
  const [nearest] = near
  if (!nearest) return { stem: own, frequency: 0, near: [] }
  // Neighbours clearly farther than the nearest are other words, not other readings of this one.
  return {
    stem: nearest.stem,
    frequency: shop.frequency(nearest.term),
    near: near.filter(({ likeness }) => likeness >= nearest.likeness - 0.05),
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

function keysOf(words: { text: string }[]): string[] {
  const keys = new Set<string>()
  for (let from = 0; from < words.length; from += 1) {
    let joined = ''
    for (let length = 1; length <= LONGEST_NAME && from + length <= words.length; length += 1) {
      joined += bareKey(words[from + length - 1]?.text ?? '')
      keys.add(`name:${joined}`)
      // An article number has a digit and is more than a size or a year.
      if (joined.length >= 4 && /\d/.test(joined)) keys.add(`sku:${joined}`)
    }
  }
  return [...keys]
}
