import { wordsOf } from '../encoder/words.ts'

/** A sentence shorter than this says too little to be searched for by itself: it joins its neighbour. */
const LEAST_WORDS = 5
const MOST_PARTS = 6

/**
 * The sentences of a text that asks several things or tells a story first; none of a text that is one sentence.
 * Short sentences go with the one before, and what is beyond the sixth with the last.
 */
export function questionParts(text: string): string[] {
  const parts: string[] = []
  for (const sentence of text.split(/(?<=[.!?])\s+|\n+/u)) {
    if (!sentence.trim()) continue
    const last = parts.at(-1)
    const short = wordsOf(sentence).length < LEAST_WORDS || (last !== undefined && wordsOf(last).length < LEAST_WORDS)
    if (last !== undefined && (short || parts.length === MOST_PARTS))
      parts[parts.length - 1] = `${last} ${sentence.trim()}`
    else parts.push(sentence.trim())
  }
  return parts.length > 1 ? parts : []
}
