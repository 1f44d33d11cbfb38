import type { Citation } from '../../../api-client/shapes.ts'

/**
 * Behind which character of `text` each citation belongs: after the quoted words where they stand in the text, or after the
 * sentence that holds the longest beginning of the quote; null when the text says it in other words.
 */
export function placedCitations(text: string, citations: readonly Citation[]): (number | null)[] {
  return citations.map(({ quote }) => placeOf(text, quote.trim()))
}

const LEAST_LIKENESS = 24

function placeOf(text: string, quote: string): number | null {
  if (!quote) return null
  const whole = text.indexOf(quote)
  if (whole >= 0) return whole + quote.length
  // A quote is often a sentence more than what was said of it, or its end was trimmed.
  const sentence = sentences(text).find(({ words }) => words.length >= LEAST_LIKENESS && quote.includes(words))
  if (sentence) return sentence.end
  const start = text.indexOf(quote.slice(0, LEAST_LIKENESS))
  if (start < 0 || quote.length < LEAST_LIKENESS) return null
  return sentences(text).find(({ end }) => end > start)?.end ?? null
}

function sentences(text: string): { words: string; end: number }[] {
  return [...text.matchAll(/[^\n]*?(?:[.!?…](?=\s|$)|$)/gm)]
    .filter(([words]) => words.trim())
    .map((match) => ({ words: match[0].trim(), end: match.index + match[0].length }))
}
