import { MEASURES } from '../../../compose/listing/measures.ts'
import { contentOf } from '../../content.ts'
import { ADJECTIVES, COMPARATIVES, FIELDS_OF_UNIT } from '../../lexicon/comparatives.ts'
import { FUNCTION_WORDS, NEGATIONS } from '../../lexicon/plain-words.ts'
import type { Language } from '../../understanding.port.ts'
import { plainWord, wordKey, words } from '../../words.ts'
import type { CatalogSlots } from '../catalog-slots.ts'
import type { SlotColumn } from '../columns/slot-column.ts'
import type { FieldTest } from '../select-products.ts'
import type { Bound } from './bounds.ts'

/** The fields a bound may be about, likeliest first, and the question without the words that said so. `bound` as it is meant. */
export type FieldOfBound = { bound: Bound; columns: SlotColumn[]; sure: boolean; rest: string }

export const blanked = (text: string, { index, text: part }: { index: number; text: string }) =>
  text.slice(0, index) + ' '.repeat(part.length) + text.slice(index + part.length)

export const columnsOf = (slots: CatalogSlots, fields: string[]) => fields.flatMap((field) => slots.column(field) ?? [])

/** `USB-C cable longer than 1.5 m`: the cable length goes before the length. */
export function columnsNear(slots: CatalogSlots, fields: string[], rest: string, language: Language): SlotColumn[] {
  const asked = new Set(words(rest, language).map(({ key }) => key))
  const near = [...slots.columns()].filter(({ name }) => {
    const field = fields.find((one) => name.endsWith(` ${one}`))
    return field !== undefined && words(name.slice(0, -field.length), language).every(({ key }) => asked.has(key))
  })
  return [...near, ...columnsOf(slots, fields)]
}

/** Which field a bound is about: named in the text, by an adjective or a verb, by its unit; several where nothing tells. */
export function fieldOf(given: Bound, rest: string, language: Language, slots: CatalogSlots): FieldOfBound | null {
  const bound = inPounds(given, rest, slots)
  if (!bound) return null
  const found = columnsOfBound(bound, rest, language, slots)
  return found && { bound, ...found }
}

/** The field an exact quantity is said to be of; null where it may as well be part of a name (`20 l backpack`). */
export function fieldOfExact(
  given: Bound,
  rest: string,
  language: Language,
  slots: CatalogSlots,
): Omit<FieldOfBound, 'sure'> | null {
  const bound = inPounds(given, rest, slots)
  if (!bound || bound.unit === '' || bound.unit === 'person') return null
  const around = blanked(rest, bound)
  const dimension = [...slots.columns()].filter(({ inUnits }) => inUnits.has(bound.unit))
  const told = toldField(bound, dimension, around, language, slots)
  return told && told.columns.length > 0 ? { bound, ...told } : null
}

/** A weight or money: `under 5 pounds` says which only beside a word of weighing, or in a shop with one of both. */
function inPounds(bound: Bound, rest: string, slots: CatalogSlots): Bound | null {
  if (!/\bpounds?\b/iu.test(bound.text) || bound.unit !== 'kg') return bound
  if (WEIGHING.test(rest) || WEIGHING.test(bound.text) || WEIGHING.test(bound.behind)) return bound
  const currencies = slots.column('price')?.inUnits ?? new Set()
  if (currencies.has('GBP')) {
    const pounds = (value: number | null) => value && Number((value / KG_OF_POUND).toPrecision(9))
    return { ...bound, low: pounds(bound.low), high: pounds(bound.high), unit: 'GBP' }
  }
  return currencies.size === 1 && currencies.has('USD') ? bound : null
}

const WEIGHING = /\bweigh|\bheav|\blight(?:er|est|weight)?\b|\bload\b|\bcarr(?:y|ies)\b|\bsupport/iu
// International yard and pound agreement (1959).
const KG_OF_POUND = 0.45359237

function columnsOfBound(
  bound: Bound,
  rest: string,
  language: Language,
  slots: CatalogSlots,
): { columns: SlotColumn[]; sure: boolean; rest: string } | null {
  const inUnit = (column: SlotColumn) => column.inUnits.has(bound.unit)
  const price = slots.column('price')
  if (price && inUnit(price)) return { columns: [price], sure: true, rest }
  if (/^[A-Z]{3}$/.test(bound.unit)) return null
  if (bound.ranked) {
    const ranks = COMPARATIVES.find(({ pattern }) => pattern.test(bound.ranked))
    if (ranks) {
      const columns = columnsNear(slots, ranks.fields, rest, language).filter(
        (column) => inUnit(column) || bound.unit === '',
      )
      if (columns.length > 0) return { columns, sure: true, rest }
    }
  }
  if (bound.unit === '' || bound.unit === 'person') return countedOrPriced(bound, rest, language, slots)
  const dimension = [...slots.columns()].filter(inUnit)
  if (bound.fits) {
    const [noun] = contentOf(bound.behind, language)
    const holding = noun
      ? dimension.filter(({ name }) => words(name, language).some(({ key }) => key === noun.key))
      : []
    return holding.length > 0 && noun ? { columns: holding, sure: true, rest: without(rest, [noun.text]) } : null
  }
  const told = toldField(bound, dimension, rest, language, slots)
  if (told) return told.columns.length > 0 ? { ...told, sure: true } : null
  const usual = columnsOf(slots, FIELDS_OF_UNIT[bound.unit] ?? []).filter(inUnit)
  if (usual.length > 0) return { columns: usual, sure: true, rest }
  return dimension.length > 0 ? { columns: dimension, sure: dimension.length === 1, rest } : null
}

/**
 * The field that words of the question name for a quantity: `weight of 540 g`, `31 m long`, `weighs 2 kg`. Null where none does; no
 * columns where an adjective tells a field that no listing has.
 */
function toldField(
  bound: Bound,
  dimension: SlotColumn[],
  rest: string,
  language: Language,
  slots: CatalogSlots,
): { columns: SlotColumn[]; rest: string } | null {
  const inUnit = (column: SlotColumn) => column.inUnits.has(bound.unit)
  const adjective = ADJECTIVES.find(({ pattern }) => pattern.test(bound.behind))
  if (adjective) {
    const columns = columnsNear(slots, adjective.fields, rest, language).filter(inUnit)
    const said = adjective.pattern.exec(bound.behind)?.[0] ?? ''
    return { columns, rest: without(rest, said.trim().split(/\s+/)) }
  }
  const asked = words(rest, language)
  const named = dimension
    .map((column) => ({ column, own: words(column.name, language) }))
    .filter(({ own }) => own.length > 0 && own.every(({ key }) => asked.some((word) => word.key === key)))
    .sort((left, right) => right.own.length - left.own.length)[0]
  if (named) {
    const keys = named.own.map(({ key }) => key)
    return {
      columns: [named.column],
      rest: without(
        rest,
        asked.filter(({ key }) => keys.includes(key)).map(({ text }) => text),
      ),
    }
  }
  const verb = MEASURES.find(({ asks, fields }) => asks.test(rest) && columnsOf(slots, fields).some(inUnit))
  if (verb) {
    const said = asked.filter(({ text }) => verb.words.test(text)).map(({ text }) => text)
    return { columns: columnsOf(slots, verb.fields).filter(inUnit), rest: without(rest, said) }
  }
  return null
}

/** `At least 3 players` counts them; only a number with nothing behind it is an amount of money. */
function countedOrPriced(bound: Bound, rest: string, language: Language, slots: CatalogSlots) {
  const noun = bound.unit === '' ? /^\s*([\p{L}-]+|\S)/u.exec(bound.behind)?.[1] : 'person'
  const plain = plainWord(noun ?? '')
  if (!noun || FUNCTION_WORDS.has(plain) || NEGATIONS.has(plain) || /^[.,;:?!)]$/.test(noun)) {
    const price = slots.column('price')
    return price?.inUnits.size === 1 ? { columns: [price], sure: true, rest } : null
  }
  const key = wordKey(noun, language)
  const names = bound.unit === 'person' ? new Set(PERSONS) : null
  const columns = [...slots.columns()].filter(
    ({ name, inUnits }) =>
      inUnits.has('') && (names ? names.has(name) : words(name, language).some((word) => word.key === key)),
  )
  return columns.length > 0
    ? { columns, sure: columns.length === 1 || names !== null, rest: without(rest, [noun]) }
    : null
}

const PERSONS = [
  'sleeps',
  'persons',
  'people',
  'number of persons',
  'number of people',
  'seats',
  'personen',
  'schlafplatze',
]

const without = (text: string, gone: string[]) =>
  gone.reduce((left, word) => {
    const at = left.indexOf(word)
    return at < 0 ? left : blanked(left, { index: at, text: word })
  }, text)

/** The condition a bound sets on any of the fields. */
export const boundTest = ({ low, high, open, unit, fits }: Bound, columns: SlotColumn[]): FieldTest => ({
  columns,
  bound: { low, high, open, unit: unit === 'person' ? '' : unit, fits },
})
