import { COMPARATIVES } from '../../lexicon/comparatives.ts'
import type { Language } from '../../understanding.port.ts'
import { words } from '../../words.ts'
import type { CatalogSlots } from '../catalog-slots.ts'
import type { SlotColumn } from '../columns/slot-column.ts'
import { columnsNear } from './field-of-bound.ts'

/** A superlative with the words that say it, and the fields it may rank by, likeliest first. */
export type Superlative = { text: string; index: number; more: boolean; fields: string[]; column: SlotColumn | null }

const ANY_MEASURE: [more: boolean, pattern: RegExp][] = [
  [
    true,
    /(?<![\p{L}])(?:longest|highest|largest|biggest|greatest|most|längste[rnms]?|höchste[rnms]?|größte[rnms]?|meiste[rnms]?)\s+/iu,
  ],
  [
    false,
    /(?<![\p{L}])(?:shortest|lowest|smallest|fewest|least|kürzeste[rnms]?|niedrigste[rnms]?|kleinste[rnms]?|wenigste[rnms]?)\s+/iu,
  ],
]

/** Reads `the lightest`, and `the longest range` where a field is called so; null without one. */
export function superlativeIn(rest: string, language: Language, slots: CatalogSlots): Superlative | null {
  return ofField(rest, language, slots) ?? byItself(rest)
}

/** The fields of the catalog to rank by. */
export const rankedBy = ({ column, fields }: Superlative, rest: string, language: Language, slots: CatalogSlots) =>
  column ? [column] : columnsNear(slots, fields, rest, language)

/** Whether a text has a superlative at all. */
export const isSuperlative = (text: string) => byItself(text) !== null || ANY_MEASURE.some(([, one]) => one.test(text))

function ofField(rest: string, language: Language, slots: CatalogSlots): Superlative | null {
  for (const [more, pattern] of ANY_MEASURE) {
    const lead = pattern.exec(rest)
    if (!lead) continue
    const behind = rest.slice(lead.index + lead[0].length)
    const asked = words(behind, language)
    let best: { column: SlotColumn; end: number } | null = null
    for (const column of slots.columns()) {
      const own = words(column.name, language)
      const last = asked[own.length - 1]
      if (column.inUnits.size === 0 || !last || last.end <= (best?.end ?? 0)) continue
      if (own.every(({ key }, place) => asked[place]?.key === key)) best = { column, end: last.end }
    }
    if (best)
      return {
        text: lead[0] + behind.slice(0, best.end),
        index: lead.index,
        more,
        fields: [],
        column: best.column,
      }
  }
  return null
}

function byItself(rest: string): Superlative | null {
  for (const { pattern, fields, more } of COMPARATIVES) {
    const found = pattern.exec(rest)
    if (found && /est\b|\bmost\b|\bleast\b|ste[rnms]?\b/iu.test(found[0]))
      return { fields, more, text: found[0], index: found.index, column: null }
  }
  return null
}
