import type { AttributeValue } from '#domain/document.ts'
import { isFrame } from '../../understand/content.ts'
import { FUNCTION_WORDS } from '../../understand/lexicon/plain-words.ts'
import type { ContentWord, Language, Question } from '../../understand/understanding.port.ts'
import { plainWord, sameWord, wordKey, words } from '../../understand/words.ts'
import { ADJECTIVES, MEASURES, UNIT_WORDS } from './measures.ts'

/** A field of a listing as a question asks for it. */
export type AskedField = {
  /** All words left without the product's own name. */
  rest: ContentWord[]
  /** Keys of the words that may name it. */
  keys: string[]
  /** The same without words of asking. */
  strong: string[]
  /** Names the field may have where the question names it by what it asks (`how heavy`). */
  measured: string[]
  /** Nothing else is asked than that measure. */
  onlyMeasured: boolean
  /** Units asked for (`how many lumens`), as symbols. */
  units: string[]
}

/** `explains`: keys of the words that this way of naming accounts for; what else was asked is not answered by it. */
export type FoundField = { name: string; value: AttributeValue; match: number; explains: string[] }

/** Reads which field is asked for. `subject`: keys of words that only name the product. */
export function askedField(question: Question, subject: Set<string>): AskedField {
  const rest = question.content.filter((word) => !subject.has(word.key))
  const units = rest.flatMap(({ text }) => UNIT_WORDS.get(plainWord(text)) ?? [])
  const named = rest.filter((word) => !UNIT_WORDS.has(plainWord(word.text)))
  const strong = named.filter((word) => word.name || !isFrame(word))
  return {
    rest,
    keys: named.map(({ key }) => key),
    strong: strong.map(({ key }) => key),
    measured: MEASURES.find(([pattern]) => pattern.test(question.text))?.[1] ?? [],
    onlyMeasured: strong.every(({ text }) => ADJECTIVES.test(text)),
    units,
  }
}

// How sure a way of naming is: the field's own name; a measure or a unit that only one field has; a longer name that
// holds what was asked; a value that holds what was asked.
const BY_MEASURE = 0.95
const BY_UNIT = 0.9
const WITHIN_NAME = 0.6
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
  return best
}

function rate(asked: AskedField, name: string, value: AttributeValue, question: Question): FoundField {
  const byTheName = byName(asked, name, question.language)
  const match = Math.max(byTheName, byMeasure(asked, name), byUnit(asked, value), byValue(asked, value, question))
  const own = new Set(words(name.replaceAll('_', ' '), question.language).map((word) => word.key))
  const explained = asked.rest.filter(({ text, key }) => {
    if (isFrame({ text }) || UNIT_WORDS.has(plainWord(text)) || among([...own], key)) return true
    return match > byTheName && ADJECTIVES.test(text)
  })
  return { name, value, match, explains: explained.map(({ key }) => key) }
}

function byName({ keys, strong }: AskedField, name: string, language: Language): number {
  const plain = name.replaceAll('_', ' ')
  for (const form of [plain, plain.replace(/\(.*?\)/g, ' ')]) {
    const own = words(form, language)
      .filter((word) => !FUNCTION_WORDS.has(plainWord(word.text)))
      .map((word) => word.key)
    if (own.length === 0) continue
    if (same(own, keys) || same(own, strong)) return 1
    if (own.every((key) => among(keys, key))) return own.length / Math.max(own.length, strong.length)
    if (strong.length > 0 && strong.every((key) => among(own, key))) return WITHIN_NAME
  }
  return 0
}

const among = (keys: string[], key: string) => keys.some((other) => sameWord(other, key))
const same = (left: string[], right: string[]) =>
  left.length === right.length && left.every((key) => among(right, key)) && right.every((key) => among(left, key))

const byMeasure = ({ measured, onlyMeasured }: AskedField, name: string) =>
  onlyMeasured && measured.includes(plainWord(name.replace(/\(.*?\)/g, '').trim())) ? BY_MEASURE : 0

// `How many lumens` fits a field in lumens, as long as nothing else is asked that the field's name does not say.
function byUnit({ units, strong }: AskedField, value: AttributeValue): number {
  if (units.length === 0 || strong.length > 1 || typeof value !== 'object') return 0
  return units.includes(value.unit.toLowerCase()) ? BY_UNIT / (1 + 0.2 * strong.length) : 0
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
