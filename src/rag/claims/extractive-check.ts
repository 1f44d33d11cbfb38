import { moneyText } from '#domain/money.ts'
import type { Candidate, Part, Quote } from '../compose/composer.port.ts'
import { PHRASES } from '../compose/phrases.ts'
import { readable } from '../compose/text/spans.ts'
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
    return standsIn(part.quote) && (part.text === '' || part.text === readable(slice(part.quote)))
  return isTemplate(part.text, candidate)
}

const slice = ({ chunk, start, end }: Quote) => chunk.text.slice(start, end)
const standsIn = ({ chunk, start, end }: Quote) => start >= 0 && start < end && end <= chunk.text.length

// What is left of a template without its own words and the typed values of the products it speaks of must be nothing.
function isTemplate(text: string, candidate: Candidate): boolean {
  const fixed = Object.values(PHRASES).flatMap((phrases) => Object.values(phrases))
  if (text.trim() === '' || fixed.includes(text)) return true
  let rest = text
  for (const value of typedValues(candidate).sort((left, right) => right.length - left.length))
    rest = rest.split(value).join('')
  return /^[\s:;–,-]*$/u.test(rest)
}

function typedValues({ products }: Candidate): string[] {
  return products
    .flatMap((chunk) => [
      chunk.title,
      ...(chunk.price ? [moneyText(chunk.price, 'en-IE'), moneyText(chunk.price, 'de-DE')] : []),
      ...(chunk.availability ? [chunk.availability.replaceAll('_', ' ')] : []),
      ...Object.entries(chunk.attributes).flatMap(([name, value]) => [
        name,
        ...(typeof value === 'object'
          ? [`${value.value} ${value.unit}`]
          : typeof value === 'boolean'
            ? ['yes', 'no', 'ja', 'nein']
            : [String(value)]),
      ]),
    ])
    .filter((value) => value !== '')
}
