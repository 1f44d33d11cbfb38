import type { AttributeValue, Chunk } from '#domain/document.ts'
import { moneyText } from '#domain/money.ts'
import type { Passage, RetrievalResult } from '../../retrieval.port.ts'
import type { AskedSlot } from '../../understand/catalog/catalog.port.ts'
import { fieldName } from '../../understand/catalog/columns/slot-column.ts'
import { ordersAssistant } from '../../understand/orders-assistant.ts'
import type { Speech } from '../../understand/understanding.port.ts'
import type { Part } from '../composer.port.ts'
import { filled } from '../phrases.ts'
import { spansOf } from '../text/spans.ts'

/** A field of a product as it is said. */
export type Fact = { name: string; value: string }

/** What the listing says in the first of the slot's fields that it has; null where it has none. */
export function factOf(chunk: Chunk, { names }: AskedSlot, speech: Speech): Fact | null {
  for (const name of names) {
    if (name === 'price' && chunk.price) return { name: 'price', value: priceText(chunk, speech) }
    const found = Object.entries(chunk.attributes).find(([own]) => fieldName(own) === name)
    if (found && isTold(valueText(found[1], speech)))
      return { name: found[0].replaceAll('_', ' '), value: valueText(found[1], speech) }
  }
  return null
}

/** Every field of a listing, the price first. */
export function factsOf(chunk: Chunk, speech: Speech): Fact[] {
  const price = chunk.price ? [{ name: 'price', value: priceText(chunk, speech) }] : []
  const rest = Object.entries(chunk.attributes).map(([name, value]) => ({
    name: name.replaceAll('_', ' '),
    value: valueText(value, speech),
  }))
  return [...price, ...rest.filter(({ name, value }) => isTold(value) && name !== 'price')]
}

/** The price is a field of ours; all others are named as the listing names them. */
export const saidName = (name: string, chunk: Chunk, speech: Speech) =>
  name === 'price' && chunk.price ? filled(speech, 'price_name', {}) : name

/** A line about one product: its facts as text, each with the listing as its source. */
export function lineOf(chunk: Chunk, facts: Fact[], speech: Speech): Part[] {
  const said = facts.map(({ name, value }) => `${saidName(name, chunk, speech)}: ${value}`)
  const text = said.length > 0 ? `${chunk.title} – ${said.join('; ')}` : chunk.title
  const line: Part[] = [{ kind: 'template', template: 'line', text }]
  for (const field of facts.length > 0 ? facts : [null]) {
    const quote = spanNear(chunk, field)
    if (quote) line.push({ kind: 'quote', quote, text: '', ...(field ? { field } : {}) })
  }
  return line
}

/** The passage as it was found, or, for a product the ranking did not bring up, one without a score. */
export function passageOf(chunk: Chunk, { passages }: RetrievalResult): Passage {
  const found = passages.find((passage) => passage.chunk.documentId === chunk.documentId)
  const scores = { fused: 0, sparse: 0, ngram: 0, phrase: 0, cosine: null, exact: 0 }
  return found ? { ...found, chunk } : { chunk, score: 0, scores }
}

const isTold = (value: string) => value !== '' && !ordersAssistant(value)

const priceText = ({ price }: Chunk, speech: Speech) =>
  price ? moneyText(price, speech === 'de' ? 'de-DE' : 'en-IE') : ''

function valueText(value: AttributeValue, speech: Speech): string {
  if (typeof value === 'boolean') return filled(speech, value ? 'yes' : 'no', {})
  return typeof value === 'object' ? `${value.value} ${value.unit}` : String(value).trim()
}

/** The sentence that says the same, where there is one: else the first shows which listing it is. */
export function spanNear(chunk: Chunk, fact: Fact | null) {
  const spans = spansOf(chunk.text)
  const said = fact ? spans.find(({ start, end }) => chunk.text.slice(start, end).includes(fact.value)) : undefined
  const span = said ?? spans.find(({ kind }) => kind !== 'heading') ?? spans[0]
  return span ? { chunk, start: span.start, end: span.end } : null
}
