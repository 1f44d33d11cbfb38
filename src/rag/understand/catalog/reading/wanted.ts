import { contentOf, isFrame } from '../../content.ts'
import type { Language } from '../../understanding.port.ts'
import { plainWord, words } from '../../words.ts'
import type { CatalogSlots } from '../catalog-slots.ts'
import type { SlotColumn } from '../columns/slot-column.ts'
import { type FieldTest, MOST_TESTS } from '../select-products.ts'
import { type Bound, boundsIn } from './bounds.ts'
import { deniedIn } from './denied.ts'
import { blanked, boundTest, fieldOf, fieldOfExact } from './field-of-bound.ts'
import { hasSize, sizeAsked } from './sizes.ts'
import { isSuperlative, rankedBy, superlativeIn } from './superlative.ts'

/** What a question wants of products: words their listing must have, conditions on their fields, and a rank. */
export type Wanted = {
  words: string[]
  tests: FieldTest[]
  /** The field to rank by and in which direction; null without a superlative. */
  rank: { columns: SlotColumn[]; more: boolean } | null
  /** The condition whose field is not clear, with the fields it may be. */
  unclear: { bound: Bound; columns: SlotColumn[] } | null
  /** Points back at products (`which of these`) and names no kind itself. */
  pointing: boolean
  /** One of the conditions is a quantity that has to be met exactly. */
  exact: boolean
  /** Asks which products have what it names, as `which headphones have noise cancelling`. */
  seeking: boolean
  /** One of the conditions is that something is not so. */
  denying: boolean
  /** Names things and asks nothing: `dimmable floor lamps`. */
  phrase: boolean
  /** `Products`, `something`: no word has to say what kind of thing it is. */
  ofAnyKind: boolean
}

const SEEKS =
  /^(?:hi,? |hello,? |please )*(?:do you (?:have|sell|stock|carry|offer)|have you got|show|list|recommend|suggest|find|give me|i(?:'m| am) looking|looking for|i (?:need|want|would like|'d like)|any|anything|something|which|what|is there|are there|got|habt ihr|verkauft ihr|führt ihr|zeig|ich (?:suche|brauche|möchte)|gibt es|welche[rsn]?|was für|etwas|irgend)/iu
const SEEKING = /^(?:which|what|any|are there|is there|do you have|welche[rsn]?|gibt es|habt ihr)\s/iu
/** A question about rules, times or how to; never a list of products. */
const RULES =
  /^(?:(?:how|when|where|why|who|can|could|may|must|should|will|would|does|is it|do i|do we|am|wie|wann|wo|warum|wer|kann|darf|muss)\b|what (?:is|are|does|happens|if)\b|was (?:ist|sind|passiert)\b)/iu
/** `What is the lightest pan you have?` asks for a product all the same. */
const WHAT_IS = /^(?:what(?:'s| is| are)|was (?:ist|sind)) (?:the|your|der|die|das|euer|eure|ihre?)\s/iu
const POINTING = /\b(?:of (?:these|those|them)|these|those|davon|von diesen|dieser)\b/iu
const ANYTHING = /\b(?:anything|something|products?|items?|gifts?|etwas|irgendetwas|produkte?|artikel|geschenke?)\b/iu
const RELATION =
  /\b(?:compatible with|that fits?|fits? (?:on|in|into|the|a|my)|suitable for|works with|passend (?:für|zu)|passt (?:zu|auf|in)|kompatibel mit|geeignet für)\s+/iu
const RELATED = /compatib|^fits?\b|suitable for|works with|passend|kompatib|geeignet/

/** Reads what products a question wants; null where it wants none, or something that cannot be read with certainty. */
export function wantedIn(given: string, language: Language, slots: CatalogSlots): Wanted | null {
  if (RULES.test(given) && !(WHAT_IS.test(given) && isSuperlative(given))) return null
  const read = boundsIn(given)
  if (!read || read.bounds.length > MOST_TESTS - 2) return null
  const { text } = read
  const bounds = read.bounds.filter((bound) => !isExact(bound))
  const unbound = bounds.reduceRight((left, bound) => blanked(left, bound), text)
  let rest = unbound
  const tests: FieldTest[] = []
  let unclear: Wanted['unclear'] = null
  // `A weight of 540 g` is a condition; `20 l backpack` is what it is called.
  let exact = false
  for (const bound of read.bounds.filter(isExact)) {
    const field = fieldOfExact(bound, rest, language, slots)
    if (!field) continue
    rest = field.rest
    tests.push(boundTest(field.bound, field.columns))
    exact = true
  }
  const size = sizeAsked(rest)
  if (size) {
    const columns = [...slots.columns()].filter(({ name }) =>
      /^(?:sizes?|gro(?:ss|sz?s)en?|sizes? .*|clothing sizes?)$/.test(name),
    )
    if (columns.length === 0) return null
    rest = blanked(rest, size)
    tests.push({ columns, says: (listed) => hasSize(listed, size.size) })
  }
  for (const bound of bounds) {
    const field = fieldOf(bound, rest, language, slots)
    if (!field) return null
    rest = field.rest
    if (field.columns.length === 0) return null
    if (field.sure) tests.push(boundTest(field.bound, field.columns))
    else unclear ??= { bound: field.bound, columns: field.columns }
  }
  const relation = RELATION.exec(rest)
  const related = relation ? [...slots.columns()].filter(({ name }) => RELATED.test(name)) : []
  if (relation && related.length > 0) {
    const tail = rest.slice(relation.index + relation[0].length)
    const needed = contentOf(tail, language).filter((word) => word.name || !isFrame(word))
    rest = rest.slice(0, relation.index)
    tests.push({
      columns: related,
      says: (listed) =>
        holdsAll(
          listed,
          needed.map(({ key }) => key),
          language,
        ),
    })
  }
  const denied = deniedIn(rest, language, slots)
  if (denied === 'unread') return null
  if (denied) {
    rest = denied.rest
    tests.push(denied.test)
  }
  const best = superlativeIn(rest, language, slots)
  if (best) rest = blanked(rest, best)
  const rank = best ? { columns: rankedBy(best, rest, language, slots), more: best.more } : null
  if (rank && rank.columns.length === 0) return null
  const content = contentOf(rest, language).filter(
    (word) => !SEEK_WORDS.has(plainWord(word.text)) && (word.name || !isFrame(word)),
  )
  const phrase = isNounPhrase(denied ? rest : unbound)
  const seeks = SEEKS.test(text) || phrase
  if (!seeks || (tests.length === 0 && !rank && !unclear && content.length === 0)) return null
  const pointing = POINTING.test(text) && content.length === 0
  const ofAnyKind = ANYTHING.test(text)
  if (content.length === 0 && !pointing && !ofAnyKind) return null
  return {
    words: content.map(({ text: word }) => word),
    tests,
    rank,
    unclear,
    pointing,
    exact,
    seeking: SEEKING.test(text),
    denying: denied !== null,
    phrase: phrase && !SEEKS.test(text),
    ofAnyKind,
  }
}

const SEEK_WORDS = new Set(
  'fit fits fitting fitted suitable option options show list recommend suggest gift gifts pair paar weighing weigh weighs costing that comes priced price under passt passen geschenk geschenke zeig zeigt zeige'.split(
    ' ',
  ),
)

// `20 l backpack`: part of what it is called, found among the words of the listing.
const isExact = ({ low, high, fits }: Bound) => low !== null && low === high && !fits

/** `lamps that are dimmable`, `Lampen, die dimmbar sind`: a clause of the noun, not a question. */
const RELATIVE =
  /\b(?:that|which) (?:is|are|has|have|do|does|can|come|comes)\b|,? (?:die|das|der) (?=.*(?:sind|ist|haben|hat)[?.!\s]*$)|(?<=,? (?:die|das|der) .+ )(?:sind|ist|haben|hat)[?.!\s]*$/giu

// `bluetooth headphones under 100 euros`: no verb, nothing asked.
const isNounPhrase = (text: string) =>
  words(text, 'en').length <= 10 &&
  !/\b(?:is|are|was|do|does|did|have|has|can|will|would|should|my|i|ist|sind|hat|kann|ich|mein\w*)\b/iu.test(
    text.replace(RELATIVE, ' '),
  )

function holdsAll(text: string, keys: string[], language: Language): boolean | null {
  if (keys.length === 0) return null
  const said = words(text, language).map(({ key }) => key)
  // A list that does not name it is no proof that it does not fit.
  return keys.every((key) => said.includes(key)) ? true : null
}
