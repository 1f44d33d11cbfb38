import type { AttributeValue } from '#domain/document.ts'
import { type Bound, boundsIn } from '../../understand/catalog/reading/bounds.ts'
import { isFrame } from '../../understand/content.ts'
import { COMPARATIVES, FIELDS_OF_UNIT } from '../../understand/lexicon/comparatives.ts'
import { FUNCTION_WORDS } from '../../understand/lexicon/plain-words.ts'
import { COLOURS } from '../../understand/lexicon/regions.ts'
import type { ContentWord, Language, Question } from '../../understand/understanding.port.ts'
import { plainWord, sameWord, wordKey, words } from '../../understand/words.ts'
import { COLOUR_FIELDS, MEASURES, type Measure, UNIT_WORDS } from './measures.ts'

/** A field of a listing as a question asks for it. */
export type AskedField = {
  /** All words left without the product's own name. */
  rest: ContentWord[]
  /** Keys of the words that may name it. */
  keys: string[]
  /** The same without words of asking. */
  strong: string[]
  /** Ways in which the question names a field by what it measures (`how heavy`). */
  measures: Measure[]
  /** Units asked for (`how many lumens`), as symbols. */
  units: string[]
}

/** `explains`: keys of the words that this way of naming accounts for; what else was asked is not answered by it. */
export type FoundField = { name: string; value: AttributeValue; match: number; explains: string[] }

/** Reads which field is asked for. `subject`: keys of words that only name the product. */
export function askedField(question: Question, subject: Set<string>): AskedField {
  const bounds = boundsOf(question)
  const bounding = new Set(bounds.flatMap(({ text }) => words(text, question.language)).map(({ key }) => key))
  const rest = question.content.filter((word) => !subject.has(word.key) && !bounding.has(word.key))
  const units = rest.flatMap(({ text }) => UNIT_WORDS.get(plainWord(text)) ?? [])
  const named = rest.filter((word) => !UNIT_WORDS.has(plainWord(word.text)))
  const strong = named.filter((word) => word.name || !isFrame(word))
  return {
    rest,
    keys: named.map(({ key }) => key),
    strong: strong.map(({ key }) => key),
    measures: [
      ...MEASURES.filter(({ asks }) => asks.test(question.text)),
      ...bounds.flatMap((bound): Measure[] => {
        const ranks = COMPARATIVES.find(({ pattern }) => bound.ranked !== '' && pattern.test(bound.ranked))
        const fields = ranks?.fields ?? FIELDS_OF_UNIT[bound.unit]
        return fields ? [{ asks: NOTHING, words: NOTHING, fields }] : []
      }),
    ],
    units,
  }
}

const NOTHING = /^$/

/** `Is it under 1 kg?`: the condition is the shopper's to compare with what the listing says; those on prices are not fields'. */
export function boundsOf({ answerType, text }: Question): Bound[] {
  if (answerType !== 'yes_no') return []
  return (boundsIn(text)?.bounds ?? []).filter(
    ({ low, high, unit, fits }) => unit !== '' && !fits && (low === null || high === null || low !== high),
  )
}

// How sure a way of naming is: the field's own name; a measure or a unit that only one field has; a longer name that
// holds what was asked; a value that holds what was asked.
const BY_MEASURE = 0.95
const BY_UNIT = 0.9
const BY_UNIT_ALONE = 0.6
const GENERAL = new Set(['tim', 'type', 'size', 'kind', 'level', 'rating', 'period', 'max'])
const BY_CORE = 0.85
const WITHIN_NAME = 0.35
const BY_VALUE = 0.9

/** The field that is asked for, with how well it fits (0–1); null when no field fits or two fit alike. */
export function fieldNamed(
  asked: AskedField,
  attributes: Record<string, AttributeValue>,
  question: Question,
): FoundField | null {
  const rated = Object.entries(attributes)
    .map(([name, value]) => rate(asked, name, value, question))
    .filter(({ match }) => match > 0)
    .sort((left, right) => right.match - left.match)
  const [best, next] = rated
  if (!best || (next && next.match === best.match && best.match < 1)) return null
  return counted(asked, best, attributes, question) ?? best
}

// `How much filling`: the filling weight counts it, the filling says what it is.
function counted(
  { strong }: AskedField,
  best: FoundField,
  attributes: Record<string, AttributeValue>,
  { answerType, language }: Question,
): FoundField | null {
  if (answerType !== 'count' || typeof best.value !== 'string' || strong.length === 0) return null
  const [other, ...more] = Object.entries(attributes).filter(([name, value]) => {
    const own = words(name.replaceAll('_', ' '), language).map(({ key }) => key)
    return typeof value === 'object' && own.length > strong.length && strong.every((key) => among(own, key))
  })
  return other && more.length === 0 ? { ...best, name: other[0], value: other[1], match: BY_CORE } : null
}

const COUNTED = new Set(['count', 'duration', 'money', 'time'])

function rate(asked: AskedField, name: string, value: AttributeValue, question: Question): FoundField {
  const byTheName = byName(asked, name, question)
  const match = Math.max(
    byTheName,
    byColour(asked, name, question),
    byMeasure(asked, name, question.language),
    byUnit(asked, name, value, question.language),
    byValue(asked, value, question),
  )
  const own = words(name.replaceAll('_', ' '), question.language).map((word) => word.key)
  const bounding = new Set(
    boundsOf(question)
      .flatMap(({ text }) => words(text, question.language))
      .map(({ key }) => key),
  )
  const named = match > 0 ? question.content.filter(({ key }) => bounding.has(key)) : []
  const explained = [...asked.rest, ...named].filter(({ text, key, name: proper }) => {
    if ((!proper && isFrame({ text })) || among(own, key) || bounding.has(key)) return true
    if (UNIT_WORDS.has(plainWord(text))) return inUnits(asked, value) === 'same'
    if (
      match > byTheName &&
      COLOUR_FIELDS.includes(plainWord(name)) &&
      (COLOURS.has(plainWord(text)) || COMES.test(text))
    )
      return true
    return match > byTheName && asked.measures.some((measure) => measure.words.test(text))
  })
  return { name, value, match: match * doubt(asked, name, value, question), explains: explained.map(({ key }) => key) }
}

// What speaks against a field however well it is named: it is not what the measure asks, it has no number where one is asked for,
// or it is measured in units that cannot be turned into those asked for.
function doubt(asked: AskedField, name: string, value: AttributeValue, { answerType }: Question): number {
  if (asked.measures.some(({ not }) => not?.includes(plainWord(name)))) return 0
  if (inUnits(asked, value) === 'other') return 0
  const shown = typeof value === 'object' ? String(value.value) : String(value)
  return COUNTED.has(answerType) && !/\d/.test(shown) ? 0.3 : 1
}

// Units that are turned into one another.
const FAMILIES = ['g kg lb oz mg', 'mm cm m km in ft inch', 'l ml cl', 'h min s d', 'w kw', 'wh kwh mah'].map((line) =>
  line.split(' '),
)

function inUnits({ units }: AskedField, value: AttributeValue): 'same' | 'other' | 'unknown' {
  if (units.length === 0 || typeof value !== 'object') return 'unknown'
  const unit = value.unit.toLowerCase()
  if (units.includes(unit)) return 'same'
  return FAMILIES.some((family) => family.includes(unit) && units.some((one) => family.includes(one)))
    ? 'same'
    : 'other'
}

/** Of these a longer name is another measure: the seat height is not the height. */
const MEASURED = new Set('height width depth length weight thickness hohe breite tiefe lange gewicht dicke'.split(' '))

function byName({ keys, strong }: AskedField, name: string, { text, language }: Question): number {
  const plain = name.replaceAll('_', ' ')
  for (const form of [plain, plain.replace(/\(.*?\)/g, ' ')]) {
    const own = words(form, language)
      .filter((word) => !FUNCTION_WORDS.has(plainWord(word.text)))
      .map((word) => word.key)
    if (own.length === 0) continue
    if (same(own, keys) || same(own, strong)) return 1
    // `How long does it take to assemble` asks for the assembly time: words like time, type or size add nothing.
    const core = own.filter((key) => !isFrame({ text: key }) && !GENERAL.has(key))
    if (core.length > 0 && core.length < own.length && same(core, strong)) return BY_CORE
    if (own.every((key) => among(keys, key)))
      return isModifier(own, strong, text, language) ? 0 : own.length / Math.max(own.length, strong.length)
    // `battery life with case` is not the battery life: a name with a condition in it is another field.
    const condition = words(form, language).some((word) => FUNCTION_WORDS.has(plainWord(word.text)))
    const other = strong.length === 1 && MEASURED.has(strong[0] ?? '')
    if (!condition && !other && strong.length > 0 && strong.every((key) => among(own, key))) return WITHIN_NAME
  }
  return 0
}

// `Colour temperature` asks for a temperature: a word right behind the field's name is what is asked for.
function isModifier(own: string[], strong: string[], text: string, language: Language): boolean {
  const all = words(text, language)
  return all.some(({ key, end }, place) => {
    const next = all[place + 1]
    if (!next || !among(own, key) || text.slice(end, next.start) !== ' ') return false
    return among(strong, next.key) && !among(own, next.key)
  })
}

const COMES = /^(?:comes?|available|version|erhältlich|verfügbar|gibt|kommt)$/i

// `Does it come in blue?` is answered by the colours it has, whether blue is among them or not.
function byColour({ rest }: AskedField, name: string, { answerType }: Question): number {
  if (answerType !== 'yes_no' || !COLOUR_FIELDS.includes(plainWord(name))) return 0
  const left = rest.filter(({ text }) => !COMES.test(text) && !isFrame({ text }))
  return left.length > 0 && left.every(({ text }) => COLOURS.has(plainWord(text))) ? BY_VALUE : 0
}

const among = (keys: string[], key: string) => keys.some((other) => sameWord(other, key))
const same = (left: string[], right: string[]) =>
  left.length === right.length && left.every((key) => among(right, key)) && right.every((key) => among(left, key))

// `How high is the seat` fits `seat height`: the measure's own name, and every other word of it in the question.
function byMeasure({ measures, rest }: AskedField, name: string, language: Language): number {
  let best = 0
  for (const [order, { fields, words: explained }] of measures.entries()) {
    const left = rest.filter(
      ({ text, name }) => !explained.test(text) && (name || !isFrame({ text })) && !UNIT_WORDS.has(plainWord(text)),
    )
    const plain = plainWord(
      name
        .replace(/\(.*?\)/g, '')
        .replaceAll('_', ' ')
        .trim(),
    )
    const place = fields.indexOf(plain)
    const tail = fields.find((field) => plain.endsWith(` ${field}`))
    const extra = place >= 0 || !tail ? [] : words(plain.slice(0, -tail.length), language).map(({ key }) => key)
    const fits =
      place >= 0
        ? left.length === 0
        : tail !== undefined &&
          extra.length > 0 &&
          extra.length === left.length &&
          left.every(({ key }) => among(extra, key))
    // The first of several names and measures is the likeliest.
    if (fits) best = Math.max(best, BY_MEASURE - 0.01 * Math.max(0, place) - 0.02 * order)
  }
  return best
}

// `How many lumens` fits a field in lumens, as long as nothing else is asked that the field's name does not say.
function byUnit({ units, strong }: AskedField, name: string, value: AttributeValue, language: Language): number {
  if (typeof value !== 'object' || !units.includes(value.unit.toLowerCase())) return 0
  const own = words(name.replaceAll('_', ' '), language).map((word) => word.key)
  const left = strong.filter((key) => !among(own, key)).length
  return left === 0 ? BY_UNIT : left === 1 ? BY_UNIT_ALONE : 0
}

// `Is it made of polyester?` is answered by `Material: polyester`: all that is asked stands in one value.
function byValue({ strong }: AskedField, value: AttributeValue, question: Question): number {
  if (question.answerType !== 'yes_no' || typeof value !== 'string') return 0
  const said = words(value, question.language).map((word) => word.key)
  const made = new Set(MADE.map((word) => wordKey(word, question.language)))
  const rest = strong.filter((key) => !made.has(key))
  return rest.length > 0 && rest.every((key) => among(said, key)) ? BY_VALUE : 0
}

const MADE = ['made', 'make', 'material', 'come', 'color', 'colour', 'gemacht', 'besteht', 'farbe']
