import { contentOf, isFrame } from '../understand/content.ts'
import type { Question } from '../understand/understanding.port.ts'
import { covered, type WeighedWord } from '../understand/weighing.ts'
import { words } from '../understand/words.ts'

/**
 * How far two questions ask the same, 0–1: what is asked must stand in the stored question, and even more so the other way
 * round, because a word that only the stored one has (`express`, `in cash`) makes it a question about something narrower.
 */
export function likeness(question: Question, asked: WeighedWord[], other: string): number {
  const keys = new Set(words(other, question.language).map((word) => word.key))
  const own = new Set(words(question.text, question.language).map((word) => word.key))
  const theirs = contentOf(other, question.language).map((word) => ({
    ...word,
    weight: isFrame(word) ? 0.25 : 1,
    unknown: false,
  }))
  const there = covered(asked, keys)
  const back = covered(theirs, own)
  return there * back * back
}
