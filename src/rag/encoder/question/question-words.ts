import { type Language, stem } from '../language.ts'
import type { Vocabulary } from '../vocabulary.ts'
import { compoundsOf, partsOf } from './compounds.ts'
import { synonymsOf } from './synonyms.ts'

/** What a misspelt word's correction, another word for it, and each half of a compound count against the word itself. */
const CORRECTION = 0.8
const SYNONYM = 0.6
const PART = 0.5
const MOST_CORRECTIONS = 3

/** A term of the shop that stands for a word of the question. */
export type Reading = {
  term: number
  /** How far it is the word itself, 0–1. */
  share: number
  weight: number
  /** Reached by likeness of spelling only. */
  corrected: boolean
}
export type WordReadings = {
  /** By which the word is known to the shop, else its own. */
  stem: string
  frequency: number
  corrected: boolean
  readings: Reading[]
}

/**
 * What a word can mean in the shop: its own stem, else the stem in the other language; with them what the lexicon knows. Only where none
 * of these is known: the two halves of a compound, else the nearest spellings.
 */
export function readingsOf(word: string, language: Language, shop: Vocabulary): WordReadings {
  const own = stem(word, language)
  const readings: Reading[] = []
  const known = [own, stem(word, 'en'), stem(word, 'de'), word].find((form) => frequencyOf(form, shop) > 0)
  const weight = known === undefined ? Number.POSITIVE_INFINITY : weightOf(known, shop)
  if (known !== undefined) readings.push({ term: shop.find(known) ?? 0, share: 1, weight, corrected: false })
  readings.push(...otherSayings([word], language, shop, weight))
  if (readings.length === 0 && language !== 'en')
    for (const part of partsOf(word, shop) ?? []) readings.push(reading(part, PART, shop))
  if (readings.length > 0)
    return { stem: known ?? own, frequency: frequencyOf(known ?? own, shop), corrected: false, readings }

  const near = shop.near(own, MOST_CORRECTIONS)
  const [nearest] = near
  if (!nearest) return { stem: own, frequency: 0, corrected: false, readings }
  // Neighbours clearly farther than the nearest are other words, not other readings of this one.
  for (const { stem, likeness } of near.filter(({ likeness }) => likeness >= nearest.likeness - 0.05))
    readings.push({ ...reading(stem, likeness * CORRECTION, shop), corrected: true })
  return { stem: nearest.stem, frequency: shop.frequency(nearest.term), corrected: true, readings }
}

/** What two neighbouring words mean together: a name for both, or the shop's word written together (`back pack`, `Zeit der Lieferung`). */
export function jointReadings(one: string, two: string, language: Language, shop: Vocabulary): Reading[] {
  const readings = otherSayings([one, two], language, shop, Number.POSITIVE_INFINITY)
  const together = stem(one + two, language)
  if (frequencyOf(together, shop) > 0) readings.push(reading(together, 1, shop))
  if (language !== 'de') return readings
  for (const term of compoundsOf(stem(one, 'de'), stem(two, 'de'), shop))
    readings.push({ term, share: 1, weight: shop.inverseFrequency(shop.frequency(term)), corrected: false })
  return readings
}

/** Another word never counts for more than the one that was written. */
function otherSayings(words: string[], language: Language, shop: Vocabulary, atMost: number): Reading[] {
  return synonymsOf(words, language)
    .filter((saying) => saying.every((stem) => frequencyOf(stem, shop) > 0))
    .flatMap((saying) =>
      saying.map((stem) => {
        const { term, weight, share } = reading(stem, SYNONYM / saying.length, shop)
        return { term, share, weight: Math.min(weight, atMost * share), corrected: false }
      }),
    )
}

function reading(stem: string, share: number, shop: Vocabulary): Reading {
  return { term: shop.find(stem) ?? 0, share, weight: weightOf(stem, shop) * share, corrected: false }
}

const frequencyOf = (stem: string, shop: Vocabulary) => {
  const term = shop.find(stem)
  return term === undefined ? 0 : shop.frequency(term)
}
const weightOf = (stem: string, shop: Vocabulary) => shop.inverseFrequency(frequencyOf(stem, shop))
