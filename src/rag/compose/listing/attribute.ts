import type { ListedField } from '#domain/answer.ts'
import type { AttributeValue, Chunk } from '#domain/document.ts'
import type { Passage } from '../../retrieval.port.ts'
import { isFrame } from '../../understand/content.ts'
import { ordersAssistant } from '../../understand/orders-assistant.ts'
import type { Question, Speech } from '../../understand/understanding.port.ts'
import { plainWord, wordKey, words } from '../../understand/words.ts'
import type { Candidate, Part, Quote } from '../composer.port.ts'
import { PHRASES } from '../phrases.ts'
import { readable, spansOf } from '../text/spans.ts'
import { askedField, boundsOf, fieldNamed } from './field.ts'
import { listedPrice } from './price.ts'
import { type ProductMatch, subjectOf } from './product.ts'

/** A value of a listing, ready to be said: either quoted from its text or typed, with a quote that shows the listing. */
type Told = {
  /** Words of the question that this value explains. */
  explains: string[]
  match: number
  /** What the value is compared by between variants. */
  value: string
  parts: Part[]
}

/** A value that leaves its field open. */
export const SILENT =
  /^\s*(?:not (?:specified|provided|available|applicable|stated|known)|n\/?a|none given|unknown|unspecified|tbd|k\.?\s?a\.?|keine angabe|nicht angegeben|[-–—?])?\s*\.?$/i

/**
 * Answers from the listing's own fields: price, stock, or a field by its name, its measure or its unit. Null when the listing
 * does not say; `differs` when its variants (products one name fits alike) say different things. `all`: every passage at hand.
 */
export function attributeAnswer(
  question: Question,
  { chunks: variants, share }: ProductMatch,
  all: Passage[],
): Candidate | 'differs' | null {
  const told = variants.map((chunk) =>
    tell(
      question,
      chunk,
      all.filter((passage) => passage.chunk.documentId === chunk.documentId),
    ),
  )
  const [first] = told
  const [chunk] = variants
  const passage = all.find((one) => one.chunk.documentId === chunk?.documentId)
  if (told.some((one) => one && told.some((other) => other?.value !== one.value))) return 'differs'
  if (!first || !chunk || !passage) return null
  const subject = new Set([...subjectOf(question, chunk), ...first.explains])
  return {
    rung: 'attribute',
    passage: { ...passage, chunk },
    parts: first.parts,
    products: variants,
    keyMatch: first.match,
    near: null,
    core: '',
    named: share,
    subject,
  }
}

function tell(question: Question, chunk: Chunk, parts: Passage[]): Told | null {
  const { language } = question
  const subject = subjectOf(question, chunk)
  const rest = question.content.filter((word) => !subject.has(word.key))
  const strong = rest.filter((word) => word.name || !isFrame(word))
  const bounds = boundsOf(question)
  const [bound] = bounds
  if (bound && bounds.length === 1 && chunk.price?.currency === bound.unit) {
    const bounding = words(bound.text, language).map(({ key }) => key)
    if (strong.every(({ text, key }) => bounding.includes(key) || PRICED.test(text))) {
      const told = tellPrice(question, chunk, parts)
      return told && { ...told, explains: [...told.explains, ...bounding] }
    }
  }
  if (rest.every(({ text }) => ABOUT_IT.test(text)) && !question.negated && OVERVIEW.has(question.answerType))
    return overview(question, chunk)
  if (
    question.answerType === 'money' &&
    strong.every(({ text, key }) => PRICED.test(text) || key === wordKey('price', language))
  )
    return tellPrice(question, chunk, parts)
  if (AVAILABLE.test(question.text) && strong.every(({ text }) => AVAILABLE.test(text) || IN_STOCK.test(text)))
    return tellStock(question, chunk, parts)
  const asked = askedField(question, subject)
  const told = Object.entries(chunk.attributes).filter(([, value]) => !ordersAssistant(String(value)))
  const found = fieldNamed(asked, Object.fromEntries(told), question)
  const value = found ? valueText(found.value, question.speech) : ''
  if (!found || SILENT.test(value)) return null
  return {
    explains: found.explains,
    match: found.match,
    value,
    parts: shown(question, chunk, parts, found.name, value),
  }
}

const OVERVIEW = new Set(['open', 'definition'])
/** Words that ask for no more than what a product is: `best`, `use` and the like ask for something of it. */
const ABOUT_IT =
  /^(?:info|information|infos|details?|tell|know|describe|description|product|item|article|please|show|produkt|artikel|wissen|sagen|sag|erzähl\p{L}*|beschreib\p{L}*|zeig\p{L}*|bitte)$/iu

// Nothing but its name: what the listing says first.
function overview(question: Question, chunk: Chunk): Told | null {
  const span = spansOf(chunk.text).find(
    ({ kind, start, end }) => kind !== 'heading' && !ordersAssistant(chunk.text.slice(start, end)),
  )
  if (!span) return null
  const text = readable(chunk.text.slice(span.start, span.end))
  const quote: Part = { kind: 'quote', quote: { chunk, start: span.start, end: span.end }, text }
  return { explains: question.content.map(({ key }) => key), match: 1, value: chunk.id, parts: named(chunk, quote) }
}

const PRICED =
  /^(?:pay|charge|charged|euros?|usd|dollars?|current|currently|today|right|now|moment|cost|costs|price|zahle|bezahle|kostet|preis|jetzt|heute|gerade|aktuell|moment)$/i
const AVAILABLE =
  /\b(?:in stock|available|availability|sold out|out of stock|back in stock|auf lager|lieferbar|verfügbar|vorrätig|ausverkauft)\b/i
const IN_STOCK = /^(?:stock|lager|sold|right|now|currently|back)$/i

const explained = (question: Question, pattern: RegExp) =>
  question.content.flatMap(({ text, key }) => (pattern.test(text) || isFrame({ text }) ? [key] : []))

function tellPrice(question: Question, chunk: Chunk, parts: Passage[]): Told | null {
  const price = listedPrice(chunk, parts, question.language)
  if (!price) return null
  const explains = [...explained(question, PRICED), wordKey('price', question.language)]
  const { quote, shown } = price
  if (quote) {
    const text = readable(quote.chunk.text.slice(quote.start, quote.end))
    return { explains, match: 1, value: text, parts: named(chunk, { kind: 'quote', quote, text }) }
  }
  return {
    explains,
    match: 1,
    value: shown ?? '',
    parts: typed(question, chunk, parts, 'price', { price: shown ?? '' }, { name: 'price', value: shown ?? '' }),
  }
}

function tellStock(question: Question, chunk: Chunk, parts: Passage[]): Told | null {
  if (!chunk.availability) return null
  const value = chunk.availability.replaceAll('_', ' ')
  const explains = explained(
    question,
    /^(?:stock|lager|sold|available|availability|out|back|lieferbar|verfügbar|vorrätig|ausverkauft|right|now|currently)$/i,
  )
  return {
    explains,
    match: 1,
    value,
    parts: typed(question, chunk, parts, 'availability', { availability: value }, { name: 'availability', value }),
  }
}

function valueText(value: AttributeValue, speech: Speech): string {
  if (typeof value === 'boolean') return PHRASES[speech][value ? 'yes' : 'no'] ?? ''
  if (typeof value === 'object') return `${value.value} ${value.unit}`
  return String(value)
}

// The listing's own line for the field where it has one, else the field as it is stored.
function shown(question: Question, chunk: Chunk, passages: Passage[], name: string, value: string): Part[] {
  const label = plainWord(name).replaceAll('_', ' ')
  for (const { chunk: part } of passages)
    for (const span of spansOf(part.text)) {
      const text = readable(part.text.slice(span.start, span.end))
      const [head = '', ...tail] = text.split(':')
      if (span.kind === 'heading' || tail.length === 0 || plainWord(head.trim()).replaceAll('_', ' ') !== label)
        continue
      if (!tail.join(':').includes(value) && typeof chunk.attributes[name] === 'string') continue
      return named(chunk, { kind: 'quote', quote: { chunk: part, start: span.start, end: span.end }, text })
    }
  const field = { name: name.replaceAll('_', ' '), value }
  return typed(question, chunk, passages, 'attribute', field, field, [value, label])
}

// A bare `Weight: 2 kg` names its product, so that the answer stands on its own.
function named(chunk: Chunk, quote: Part): Part[] {
  if (quote.text.toLowerCase().includes(chunk.title.toLowerCase())) return [quote]
  return [{ kind: 'template', template: 'title', text: `${chunk.title} – ` }, quote]
}

// A field that the text does not repeat: the value comes typed from the listing, the quote shows where it is from.
function typed(
  question: Question,
  chunk: Chunk,
  passages: Passage[],
  template: string,
  values: Record<string, string>,
  field: ListedField,
  near: string[] = [],
): Part[] {
  const phrase = PHRASES[question.speech][template] ?? ''
  const text = phrase.replace(/\{(\w+)\}/g, (_, key: string) => ({ title: chunk.title, ...values })[key] ?? '')
  const home =
    passages.map((passage) => quoteNear(passage.chunk, near)).find((quote) => quote !== null) ?? firstSpan(chunk)
  const shown: Part[] = [{ kind: 'template', template, text }]
  return home ? [...shown, { kind: 'quote', quote: home, text: '', field }] : shown
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
