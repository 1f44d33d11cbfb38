import type { Chunk } from '#domain/document.ts'
import { moneyText } from '#domain/money.ts'
import type { Candidate, Part, Quote } from '../compose/composer.port.ts'
import { PHRASES } from '../compose/phrases.ts'
import { readable } from '../compose/text/spans.ts'
import { tableCell } from '../compose/text/table-cell.ts'
import { ordersAssistant } from '../understand/orders-assistant.ts'
import type { ClaimCheck } from './claim-check.port.ts'

/** Holds extractive answers to their word: quotes are characters of their chunk, templates carry typed values alone. Pure and total. */
export function extractiveCheck(): ClaimCheck {
  return {
    check(candidate) {
      const cited = candidate.parts.some(({ kind }) => kind === 'quote')
      const loose = cited ? candidate.parts.find((part) => !isHeld(part, candidate)) : candidate.parts[0]
      return cited && !loose
        ? { supported: true, unsupported: null }
        : { supported: false, unsupported: loose?.text ?? '' }
    },
  }
}

function isHeld(part: Part, candidate: Candidate): boolean {
  if (part.kind === 'quote')
    return (
      standsIn(part.quote) &&
      (part.text === '' || part.text === readable(slice(part.quote))) &&
      (!part.field || valuesOf(part.quote.chunk).includes(part.field.value)) &&
      !ordersAssistant(part.text) &&
      !ordersAssistant(part.field?.value ?? '')
    )
  return isTemplate(part.text, candidate)
}

const slice = ({ chunk, start, end }: Quote) => chunk.text.slice(start, end)
const standsIn = ({ chunk, start, end }: Quote) => start >= 0 && start < end && end <= chunk.text.length

// What is left of a template without its own words and the typed values of the products it speaks of must be nothing.
function isTemplate(text: string, candidate: Candidate): boolean {
  const fixed = Object.values(PHRASES).flatMap((phrases) => Object.values(phrases))
  if (text.trim() === '' || fixed.includes(text)) return true
  if (isFilled(text, candidate)) return true
  const table = candidate.rung === 'comparison'
  let rest = text
  // Of two listings side by side one may be silent; that is said in fixed words.
  if (table) for (const phrases of Object.values(PHRASES)) rest = rest.replaceAll(phrases.unsaid ?? '', '')
  const values = typedValues(candidate).map((value) => (table ? tableCell(value) : value))
  for (const value of values.sort((left, right) => right.length - left.length)) rest = rest.split(value).join('')
  return (table ? /^[\s:;|–,-]*$/u : /^[\s:;–,-]*$/u).test(rest)
}

// A sentence of the phrase book whose slots hold counted numbers and values of the products alone.
function isFilled(text: string, candidate: Candidate): boolean {
  const values = new Set(typedValues(candidate))
  const held = (slot: string) =>
    values.has(slot) || (/^\d+$/.test(slot) && candidate.counts?.includes(Number(slot)) === true)
  return FILLED.some((pattern) => pattern.exec(text.trim())?.slice(1).every(held) === true)
}

const FILLED = Object.values(PHRASES).flatMap((phrases) =>
  [
    'products_some',
    'products_more',
    'products_less',
    'products_none',
    'products_silent',
    'has_more',
    'has_less',
    'both_same',
  ].map(
    (name) =>
      new RegExp(
        `^${(phrases[name] ?? '')
          .trim()
          .replace(/[.*+?^$()|[\]\\]/g, '\\$&')
          .replace(/\{\w+\}/g, '(.+)')}$`,
        // A title may have a line break.
        'su',
      ),
  ),
)

const typedValues = ({ products }: Candidate) => products.flatMap(valuesOf)

/** What a listing's own fields say, in every form in which it may be said. */
function valuesOf({ title, price, availability, attributes }: Chunk): string[] {
  const fields = Object.entries(attributes).flatMap(([name, value]) => [
    name,
    name.replaceAll('_', ' '),
    ...(typeof value === 'object'
      ? [`${value.value} ${value.unit}`]
      : typeof value === 'boolean'
        ? inAllLanguages(['yes', 'no'])
        : [String(value), String(value).trim()]),
  ])
  return [
    title,
    ...(price
      ? ['price', ...inAllLanguages(['price_name']), moneyText(price, 'en-IE'), moneyText(price, 'de-DE')]
      : []),
    ...(availability ? [availability.replaceAll('_', ' ')] : []),
    ...fields,
  ].filter((value) => value !== '')
}

const inAllLanguages = (names: string[]) =>
  Object.values(PHRASES).flatMap((phrases) => names.map((name) => phrases[name] ?? ''))
