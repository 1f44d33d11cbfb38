import type { Chunk } from '#domain/document.ts'
import { decimalText, moneyText } from '#domain/money.ts'
import type { Passage } from '../../retrieval.port.ts'
import type { Language } from '../../understand/understanding.port.ts'
import type { Quote } from '../composer.port.ts'

export type ListedPrice = {
  /** As shown to people; null where the listing has no typed price. */
  shown: string | null
  /** Where the listing itself says it, when it says the same number. */
  quote: Quote | null
}

/** The price of a product by its field and by its own words; null when neither says one. */
export function listedPrice(chunk: Chunk, parts: Passage[], language: Language): ListedPrice | null {
  const { price } = chunk
  const field = Object.entries(chunk.attributes).find(([name]) => /^(?:price|preis)$/i.test(name))?.[1]
  const digits = price ? decimalText(price) : typeof field === 'number' ? field.toFixed(2) : null
  const quote = parts.map((part) => priceIn(part.chunk, digits)).find((found) => found !== null) ?? null
  const shown = price ? moneyText(price, language === 'de' ? 'de-DE' : 'en-IE') : null
  return shown || quote ? { shown, quote } : null
}

const LABEL = /\b(?:price|preis)\b[^\n|]{0,12}[|:\s]\s*((?:[€$£]|[A-Z]{3})?\s?\d[\d.,]*(?:\s?(?:[€$£]|[A-Z]{3}\b))?)/iu
// A line up to this long is quoted whole, so that what the price is of stands beside it.
const SHORT_LINE = 120

function priceIn(chunk: Chunk, digits: string | null): Quote | null {
  const found = LABEL.exec(chunk.text)
  if (!found?.[1] || (digits && !sameAmount(found[1], digits))) return null
  const line = lineAround(chunk.text, found.index, found.index + found[0].length)
  if (line.end - line.start <= SHORT_LINE) return { chunk, ...line }
  return { chunk, start: found.index, end: found.index + found[0].replace(/[,.\s]+$/, '').length }
}

const sameAmount = (left: string, right: string) => amountIn(left) === amountIn(right)

// `1,299.00`, `1.299,00` and `1299` are one amount: two digits behind the last mark are cents.
function amountIn(text: string): string {
  const digits = /\d[\d.,]*/.exec(text.replace(/\s/g, ''))?.[0]?.replace(/[.,]+$/, '') ?? ''
  const parts = /^(.*?)(?:[.,](\d{2}))?$/.exec(digits)
  return `${(parts?.[1] ?? '').replace(/[.,]/g, '').replace(/^0+(?=\d)/, '')}.${parts?.[2] ?? '00'}`
}

function lineAround(text: string, from: number, to: number) {
  const start = text.lastIndexOf('\n', from) + 1
  const next = text.indexOf('\n', to)
  const slice = text.slice(start, next < 0 ? text.length : next)
  const lead = slice.length - slice.trimStart().length
  return { start: start + lead, end: start + slice.trimEnd().replace(/,$/, '').length }
}
