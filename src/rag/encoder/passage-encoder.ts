import type { AttributeValue, Chunk } from '#domain/document.ts'
import { FIELD_NAMES, FIELDS, type FieldName, SATURATION } from './field-weights.ts'
import { guessLanguage, isStopWord, type Language, languageOfTag, stem } from './language.ts'
import { phraseStem, type Vocabulary } from './vocabulary.ts'
import { bareKey, nameKey, wordsOf } from './words.ts'

export { denseText } from '#domain/dense-text.ts'

/** What an index stores of a passage, besides its vector; terms are numbers of the shop's vocabulary. */
export type EncodedPassage = {
  /** Distinct terms, ascending, each with its weight beside it: BM25F's saturated frequency over the fields, 0–1. */
  terms: Uint32Array
  weights: Float32Array
  /** Terms in reading order without function words: first `head` of title, headings, question and aliases, then the text. */
  sequence: Uint32Array
  head: number
  /** Bare spellings by which the passage is meant exactly: `sku:…`, `name:…`. */
  keys: string[]
}

/** Turns a passage into term weights. New stems are interned; frequencies are counted by who stores the passage. */
export function encodePassage(chunk: Chunk, words: Vocabulary): EncodedPassage {
  const language = languageOf(chunk)
  const frequency = new Map<number, number>()
  const sequence: number[] = []
  let head = 0
  for (const name of FIELD_NAMES) {
    const texts = fieldTexts(chunk, name)
    const { weight, normalisation, typicalLength } = FIELDS[name]
    const counts = new Map<number, number>()
    let length = 0
    for (const text of texts) {
      for (const { text: word, beside } of wordsOf(text)) {
        if (isStopWord(word, language)) continue
        const term = words.intern(stem(word, language))
        counts.set(term, (counts.get(term) ?? 0) + 1)
        if (beside) continue
        length += 1
        if (name !== 'attributes') sequence.push(term)
      }
    }
    if (name === 'aliases') head = sequence.length
    // Names are phrases: "light blue account" is more than its three words, each of which half the shop shares.
    if (name === 'title') for (const phrase of phrasesOf(sequence, words)) frequency.set(phrase, weight)
    const scale = weight / (1 - normalisation + (normalisation * length) / typicalLength)
    for (const [term, count] of counts) frequency.set(term, (frequency.get(term) ?? 0) + count * scale)
  }
  const terms = Uint32Array.from(frequency.keys()).sort()
  const weights = Float32Array.from(terms, (term) => saturated(frequency.get(term) ?? 0))
  return { terms, weights, sequence: Uint32Array.from(sequence), head, keys: keysOf(chunk) }
}

function phrasesOf(sequence: number[], words: Vocabulary): number[] {
  return sequence
    .slice(1)
    .map((term, place) => words.intern(phraseStem(words.stemOf(sequence[place] ?? 0), words.stemOf(term))))
}

const saturated = (frequency: number) => frequency / (frequency + SATURATION)

function languageOf(chunk: Chunk): Language {
  return languageOfTag(chunk.locale) ?? guessLanguage(wordsOf(`${chunk.title} ${chunk.text}`))
}

function fieldTexts(chunk: Chunk, name: FieldName): string[] {
  switch (name) {
    case 'title':
      return [chunk.title]
    case 'headings':
      return chunk.headingPath
    case 'question':
      return chunk.question ? [chunk.question] : []
    case 'aliases':
      return chunk.aliases
    case 'attributes':
      return attributeTexts(chunk)
    case 'body':
      return [chunk.text]
  }
}

function attributeTexts(chunk: Chunk): string[] {
  const named = Object.entries(chunk.attributes).map(
    ([name, value]) => `${name.replaceAll('_', ' ')} ${valueText(value)}`,
  )
  const around = [chunk.sku, chunk.category, chunk.scope.brand, chunk.scope.category, chunk.scope.region]
  return [...around.filter((text) => text !== undefined), ...named]
}

function valueText(value: AttributeValue): string {
  return typeof value === 'object' ? `${value.value} ${value.unit}` : String(value)
}

function keysOf(chunk: Chunk): string[] {
  const keys = []
  if (chunk.sku) keys.push(`sku:${bareKey(chunk.sku)}`)
  if (chunk.kind === 'product') for (const name of [chunk.title, ...chunk.aliases]) keys.push(`name:${nameKey(name)}`)
  return keys
}
