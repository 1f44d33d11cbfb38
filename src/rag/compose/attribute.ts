import type { AttributeValue, Chunk } from '#domain/document.ts'
import { moneyText } from '#domain/money.ts'
import type { Passage } from '../retrieval.port.ts'
import { isFrame } from '../understand/content.ts'
import type { Question } from '../understand/understanding.port.ts'
import { plainWord, wordKey, words } from '../understand/words.ts'
import type { Candidate, Part, Quote } from './composer.port.ts'
import { PHRASES } from './phrases.ts'
import { subjectOf } from './product.ts'
import { readable, spansOf } from './spans.ts'

const SILENT =
  /^\s*(?:not (?:specified|provided|available|applicable|stated|known)|n\/?a|none given|unknown|unspecified|tbd|k\.?\s?a\.?|keine angabe|nicht angegeben|[-–—?])?\s*\.?$/i

/** What is asked of a product: price, stock, or an attribute by name. */
type Asked =
  | { kind: 'price' | 'availability' }
  | { kind: 'attribute'; keys: string[]; measured: string[]; onlyMeasured: boolean }

/** Answers from the listing's own fields. Null when the listing does not say. `parts` are all chunks of the product at hand. */
export function attributeAnswer(question: Question, product: Passage, parts: Passage[]): Candidate | null {
  const asked = askedOf(question, product.chunk)
  const locale = question.language === 'de' ? 'de-DE' : 'en-IE'
  if (asked.kind === 'price') return priceAnswer(question, product, parts, locale)
  if (asked.kind === 'availability') {
    const { availability } = product.chunk
    return availability
      ? typed(question, product, parts, 'availability', { availability: availability.replaceAll('_', ' ') }, [
          availability,
        ])
      : null
  }
  const found = attributeNamed(asked, product.chunk.attributes, question)
  if (!found) return null
  const value = valueText(found.value, question)
  return SILENT.test(value) ? null : labelled(question, product, parts, found.name, value, found.match)
}

const AVAILABLE =
  /\b(?:in stock|available|availability|sold out|out of stock|back in stock|auf lager|lieferbar|verfügbar|vorrätig|ausverkauft)\b/i

function askedOf(question: Question, chunk: Chunk): Asked {
  const subject = subjectOf(question, chunk)
  const rest = question.content.filter((word) => !subject.has(word.key) && !isFrame(word))
  const price = wordKey('price', question.language)
  if (
    question.answerType === 'money' &&
    rest.every((word) => word.key === price || /^(?:euro?|usd|dollars?|current|today)$/i.test(word.text))
  )
    return { kind: 'price' }
  if (
    AVAILABLE.test(question.text) &&
    rest.every((word) => AVAILABLE.test(word.text) || /^(?:stock|lager|sold|right|now|currently)$/i.test(word.text))
  )
    return { kind: 'availability' }
  const measured = MEASURES.flatMap(([pattern, names]) => (pattern.test(question.text) ? [names] : []))[0]
  return {
    kind: 'attribute',
    keys: rest.map((word) => word.key),
    measured: measured ?? [],
    onlyMeasured: rest.every((word) => ADJECTIVES.test(word.text) || UNITS.has(word.key)),
  }
}

function priceAnswer(question: Question, product: Passage, parts: Passage[], locale: string): Candidate | null {
  const { price, attributes } = product.chunk
  const listed = price ? moneyText(price, locale) : null
  const field = Object.entries(attributes).find(([name]) => /^(?:price|preis)$/i.test(name))?.[1]
  const digits = price ? null : typeof field === 'number' ? field.toFixed(2) : null
  for (const { chunk } of parts) {
    const quote = priceIn(chunk, price ? (price.amount / 100).toFixed(2) : digits)
    if (!quote) continue
    const text = readable(quoted(quote))
    if (!listed || sameDigits(text, listed))
      return candidate(question, product, [prefix(question, text, product.chunk), part(quote, text)], 1)
  }
  return listed ? typed(question, product, parts, 'price', { price: listed }, [listed]) : null
}

// The listing's own words for its price, when they say the same number as the field.
function priceIn(chunk: Chunk, digits: string | null): Quote | null {
  const label =
    /\b(?:price|preis)\b[^\n|]{0,12}[|:\s]\s*((?:[€$£]|[A-Z]{3})?\s?\d[\d.,]*(?:\s?(?:[€$£]|[A-Z]{3}\b))?)/iu
  const found = label.exec(chunk.text)
  if (!found?.[1]) return null
  if (digits && !sameDigits(found[1], digits)) return null
  const line = lineAround(chunk.text, found.index, found.index + found[0].length)
  return line.end - line.start <= 120
    ? { chunk, ...line }
    : { chunk, start: found.index, end: found.index + found[0].replace(/[,.\s]+$/, '').length }
}

const sameDigits = (left: string, right: string) => amountIn(left) === amountIn(right)
function amountIn(text: string): string {
  const digits = /\d[\d.,]*/.exec(text.replace(/\s/g, ''))?.[0]?.replace(/[.,]+$/, '') ?? ''
  const parts = /^(.*?)(?:[.,](\d{2}))?$/.exec(digits)
  return `${(parts?.[1] ?? '').replace(/[.,]/g, '').replace(/^0+(?=\d)/, '')}.${parts?.[2] ?? '00'}`
}

function lineAround(text: string, from: number, to: number) {
  const start = text.lastIndexOf('\n', from) + 1
  const next = text.indexOf('\n', to)
  const end = next < 0 ? text.length : next
  const slice = text.slice(start, end)
  const lead = slice.length - slice.trimStart().length
  return { start: start + lead, end: start + slice.trimEnd().replace(/,$/, '').length }
}

/** Questions that name a field by what they ask: pattern, names the field may have. */
const MEASURES: [RegExp, string[]][] = [
  [
    /\bhow (?:heavy|much (?:does|do|is|are)\b.*\bweigh)|\bweigh(?:s|t)?\b|\bwie (?:schwer|viel wiegt)|\bwiegt\b|\bgewicht\b/i,
    ['weight', 'net weight', 'item weight', 'gewicht'],
  ],
  [/\bhow (?:tall|high)\b|\bwie hoch\b/i, ['height', 'hohe']],
  [/\bhow wide\b|\bwie breit\b/i, ['width', 'breite']],
  [/\bhow deep\b|\bwie tief\b/i, ['depth', 'tiefe']],
  [/\bhow long is\b|\bwie lang ist\b/i, ['length', 'lange']],
  [/\bhow thick\b|\bwie dick\b/i, ['thickness', 'dicke', 'starke']],
  [/\bhow (?:big|large)\b|\bwhat size is\b|\bwie gross|\bwie groß/i, ['size', 'dimensions', 'grosse', 'abmessungen']],
  [
    /\b(?:what|which) (?:colou?rs?)\b|\bwelche(?:n|r)? farben?\b/i,
    ['colours', 'colors', 'colour', 'color', 'farbe', 'farben'],
  ],
  [
    /\bmade (?:of|from|out of)\b|\bwhat material\b|\b(?:aus welchem material|woraus)\b/i,
    ['material', 'materials', 'fabric'],
  ],
  [
    /\bwho (?:makes|made|manufactures)\b|\b(?:what|which) brand\b|\bwelche marke\b|\bvon welcher marke\b/i,
    ['brand', 'manufacturer', 'marke', 'hersteller'],
  ],
  [/\bhow powerful\b|\bhow many watts?\b|\bwie viel watt\b/i, ['power', 'wattage', 'leistung']],
  [/\bhow much (?:does it|can it|does the|can the)\b.*\bhold\b/i, ['capacity', 'volume']],
]
const ADJECTIVES =
  /^(?:heavy|weigh\w*|tall|high|height|wide|width|deep|depth|long|length|thick|big|large|size|colou?rs?|made?|makes?|from|material|brand|manufactur\w*|powerful|power|watts?|hold|come|comes|schwer|wiegt|gewicht|hoch|breit|tief|lang|dick|gro(?:ß|ss)|farben?|marke|gemacht|material|leistung)$/i

// A unit asked for (`in grams`) is not part of the attribute's name.
const UNITS = new Set([
  'gram',
  'g',
  'kg',
  'kilo',
  'pound',
  'lb',
  'ounce',
  'oz',
  'cm',
  'mm',
  'inch',
  'meter',
  'metr',
  'liter',
  'litr',
  'watt',
  'volt',
  'hour',
  'unit',
])

function attributeNamed(
  { keys, measured, onlyMeasured }: Extract<Asked, { kind: 'attribute' }>,
  attributes: Record<string, AttributeValue>,
  question: Question,
) {
  const wanted = new Set(keys.filter((key) => !UNITS.has(key)))
  const { language } = question
  // `How heavy` names its field without using its name; then nothing else may be asked.
  const field = onlyMeasured && Object.entries(attributes).find(([name]) => measured.includes(plainWord(name)))
  if (field) return { name: field[0], value: field[1], match: 1 }
  if (wanted.size === 0) return null
  let best: { name: string; value: AttributeValue; match: number } | null = null
  for (const [name, value] of Object.entries(attributes)) {
    const bare = new Set(words(name.replace(/\(.*?\)/g, ' ').replaceAll('_', ' '), language).map((word) => word.key))
    const all = new Set(words(name.replaceAll('_', ' '), language).map((word) => word.key))
    const match = equal(wanted, all) || equal(wanted, bare) ? 1 : saysSo(wanted, value, question) ? 0.9 : 0
    if (match > (best?.match ?? 0)) best = { name, value, match }
  }
  return best
}

const equal = (left: Set<string>, right: Set<string>) =>
  left.size === right.size && [...left].every((key) => right.has(key))

// `Is it made of polyester?` is answered by `Material: polyester`: all that is asked stands in one value.
function saysSo(wanted: Set<string>, value: AttributeValue, question: Question): boolean {
  if (question.answerType !== 'yes_no' || typeof value !== 'string') return false
  const said = new Set(words(value, question.language).map((word) => word.key))
  const made = new Set(['made', 'make', 'material', 'come', 'color', 'farb', 'gemacht', 'besteht'])
  const rest = [...wanted].filter((key) => !made.has(key))
  return rest.length > 0 && rest.every((key) => said.has(key))
}

function valueText(value: AttributeValue, { language }: Question): string {
  if (typeof value === 'boolean') return language === 'de' ? (value ? 'ja' : 'nein') : value ? 'yes' : 'no'
  if (typeof value === 'object') return `${value.value} ${value.unit}`
  return String(value)
}

function labelled(
  question: Question,
  product: Passage,
  parts: Passage[],
  name: string,
  value: string,
  match: number,
): Candidate {
  const label = plainWord(name).replaceAll('_', ' ')
  for (const { chunk } of parts)
    for (const span of spansOf(chunk.text)) {
      const text = readable(chunk.text.slice(span.start, span.end))
      if (span.kind === 'heading' || !text.includes(':')) continue
      const [head = '', ...tail] = text.split(':')
      if (plainWord(head.trim()).replaceAll('_', ' ') !== label) continue
      if (!tail.join(':').includes(value) && typeof product.chunk.attributes[name] === 'string') continue
      const quote = { chunk, start: span.start, end: span.end }
      return candidate(question, product, [prefix(question, text, product.chunk), part(quote, text)], match)
    }
  return typed(question, product, parts, 'attribute', { name, value }, [value, label], match)
}

// A field that the text does not repeat: the value comes typed from the listing, the quote shows where it is from.
function typed(
  question: Question,
  product: Passage,
  parts: Passage[],
  template: string,
  values: Record<string, string>,
  near: string[],
  match = 1,
): Candidate {
  const phrase = PHRASES[question.language][template] ?? ''
  const text = phrase.replace(/\{(\w+)\}/g, (_, key: string) => ({ title: product.chunk.title, ...values })[key] ?? '')
  const home = parts.map(({ chunk }) => quoteNear(chunk, near)).find((quote) => quote) ?? firstSpan(product.chunk)
  const shown: Part[] = [{ kind: 'template', template, text }]
  if (home) shown.push({ kind: 'quote', quote: home, text: '' })
  return candidate(question, product, shown, match)
}

function quoteNear(chunk: Chunk, near: string[]): Quote | null {
  const lower = chunk.text.toLowerCase()
  const span = spansOf(chunk.text).find(({ start, end }) =>
    near.some((text) => text && lower.slice(start, end).includes(text.toLowerCase())),
  )
  return span ? { chunk, start: span.start, end: span.end } : null
}

function firstSpan(chunk: Chunk): Quote | null {
  const [span] = spansOf(chunk.text)
  return span ? { chunk, start: span.start, end: span.end } : null
}

// A bare `Weight: 2 kg` names its product, so that the answer stands on its own.
function prefix({ language }: Question, text: string, chunk: Chunk): Part {
  const named = text.toLowerCase().includes(chunk.title.toLowerCase())
  return { kind: 'template', template: 'title', text: named || !language ? '' : `${chunk.title} – ` }
}

const quoted = ({ chunk, start, end }: Quote) => chunk.text.slice(start, end)
const part = (quote: Quote, text: string): Part => ({ kind: 'quote', quote, text })
const candidate = (question: Question, passage: Passage, parts: Part[], keyMatch: number): Candidate => ({
  rung: 'attribute',
  passage,
  parts: parts.filter(({ kind, text }) => kind === 'quote' || text !== ''),
  products: [passage.chunk],
  keyMatch,
  subject: subjectOf(question, passage.chunk),
})
