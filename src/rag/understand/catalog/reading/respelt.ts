import { stem } from '../../../encoder/language.ts'
import type { QueryTerm } from '../../../retrieval.port.ts'
import { isFrame } from '../../content.ts'
import type { Language } from '../../understanding.port.ts'
import { words } from '../../words.ts'
import type { CatalogSlots } from '../catalog-slots.ts'
import { formsOf } from './word-forms.ts'

const SHORTEST = 4

/**
 * The question with words that no listing has in the spelling of words that listings have, as the search took them (`terms`); null
 * where there is nothing to mend. A guess: to be asked back, never answered.
 */
export function respelt(text: string, language: Language, terms: QueryTerm[], slots: CatalogSlots): string | null {
  const meant = new Map(
    terms
      .filter(({ documentFrequency, word, stem: known }) => documentFrequency > 0 && isOther(word, known))
      .map(({ word, stem: known }) => [word, known]),
  )
  let from = 0
  let mended = ''
  for (const word of words(text, language)) {
    const known = word.text.length >= SHORTEST && !isFrame(word) ? meant.get(word.text.toLowerCase()) : undefined
    const written = known && !isSaid(word.text, language, slots) ? writtenFor(known, slots) : null
    if (!written) continue
    mended += text.slice(from, word.start) + asTyped(written, word.text)
    from = word.end
  }
  return from === 0 ? null : mended + text.slice(from)
}

// A stem of its own, in either language, is no correction.
const isOther = (word: string, known: string) =>
  !/\d/.test(word) && known !== word && known !== stem(word, 'en') && known !== stem(word, 'de')

// A stem is no word: the one a listing writes is.
const writtenFor = (known: string, slots: CatalogSlots) =>
  slots.written(
    (word) => word === known || stem(word, 'en') === known || stem(word, 'de') === known,
    known.slice(0, SHORTEST - 1),
  )

const isSaid = (word: string, language: Language, slots: CatalogSlots) =>
  formsOf(word, language).some((form) => slots.saying(form.word, form.language).length > 0) ||
  slots.isKind(word, language)

const asTyped = (written: string, typed: string) =>
  /^\p{Lu}/u.test(typed) ? `${written.charAt(0).toUpperCase()}${written.slice(1)}` : written
