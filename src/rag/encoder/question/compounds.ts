import { stem } from '../language.ts'
import type { Vocabulary } from '../vocabulary.ts'
import { fold } from '../words.ts'

/** Parts shorter than this are endings and prefixes, not words. */
const SHORTEST_PART = 4
const SHORTEST_COMPOUND = 8
/** What German puts between the parts of a compound. */
const LINKS = ['', 's', 'n', 'en', 'es', 'er', 'e'] as const

/** The two stems of the shop a German compound is made of (`lieferzeit`: `liefer`, `zeit`), the longest last part first; null when it is none. */
export function partsOf(word: string, shop: Vocabulary): [string, string] | null {
  if (word.length < SHORTEST_COMPOUND) return null
  for (let cut = SHORTEST_PART; cut <= word.length - SHORTEST_PART; cut += 1) {
    const last = stem(word.slice(cut), 'de')
    if (!isKnown(last, shop)) continue
    for (const link of LINKS) {
      const whole = word.slice(0, cut)
      if (!whole.endsWith(link)) continue
      const bare = whole.slice(0, whole.length - link.length)
      if (bare.length < SHORTEST_PART) continue
      // `Liefer-` is what the stemmer makes of `Lieferung`.
      const first = [stem(bare, 'de'), fold(bare)].find((form) => isKnown(form, shop))
      if (first !== undefined) return [first, last]
    }
  }
  return null
}

/** The shop's compounds of two words that stand in a question, in either order: `zeit` and `lieferung` meet `lieferzeit`. */
export function compoundsOf(one: string, two: string, shop: Vocabulary): number[] {
  const found: number[] = []
  for (const [first, last] of [
    [one, two],
    [two, one],
  ] as const) {
    if (last.length < SHORTEST_PART || first.length < SHORTEST_PART) continue
    for (const form of new Set([first, stem(first, 'de')])) {
      for (const link of LINKS) {
        const term = shop.find(stem(form + link + last, 'de'))
        if (term !== undefined && shop.frequency(term) > 0) found.push(term)
      }
    }
  }
  return [...new Set(found)]
}

function isKnown(stem: string, shop: Vocabulary): boolean {
  const term = stem.length >= 3 ? shop.find(stem) : undefined
  return term !== undefined && shop.frequency(term) > 0
}
