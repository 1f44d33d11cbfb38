import type { Passage } from '../retrieval.port.ts'
import { contentOf, isFrame } from '../understand/content.ts'
import type { Question } from '../understand/understanding.port.ts'
import { covered, type WeighedWord } from '../understand/weighing.ts'
import { words } from '../understand/words.ts'
import type { Candidate } from './composer.port.ts'
import { passageAnswer, quotes } from './passage.ts'
import { subjectOf } from './product.ts'
import { type Span, spansOf } from './spans.ts'

const WHOLE = 420
// An FAQ question that shares less than this with what was asked is about something else.
const ALIKE = 0.5

/** The stored answer to a question like this one, word for word. Null when no stored question is alike. */
export function faqAnswer(question: Question, asked: WeighedWord[], passage: Passage): Candidate | null {
  const { chunk } = passage
  const alike = Math.max(
    ...[chunk.question ?? chunk.title, ...chunk.aliases].map((text) => likeness(question, asked, text)),
  )
  if (alike < ALIKE) return null
  const spans = spansOf(chunk.text)
  const answer = answerSpans(spans, chunk.text, chunk.question ?? chunk.title)
  const size = answer.reduce((sum, index) => sum + length(spans[index]), 0)
  const subject = subjectOf(question, chunk)
  if (answer.length > 0 && size <= WHOLE)
    return { rung: 'faq', passage, parts: quotes(passage, spans, answer), products: [], keyMatch: alike, subject }
  const part = passageAnswer(question, asked, passage)
  if (part) return { ...part, rung: 'faq', keyMatch: alike }
  const opening = answer.slice(0, 2)
  return opening.length > 0
    ? { rung: 'faq', passage, parts: quotes(passage, spans, opening), products: [], keyMatch: alike, subject }
    : null
}

/** How far two questions ask the same: coverage both ways, the lower counting double. 0–1. */
export function likeness(question: Question, asked: WeighedWord[], other: string): number {
  const theirs = contentOf(other, question.language)
  const keys = new Set(words(other, question.language).map((word) => word.key))
  const own = new Set(words(question.text, question.language).map((word) => word.key))
  const there = covered(asked, keys)
  const back = covered(
    theirs.map((word) => ({ ...word, weight: isFrame(word) ? 0.25 : 1, unknown: false })),
    own,
  )
  return (there + back + Math.min(there, back)) / 3
}

// Where the passage repeats its question in front of the answer, the repetition is not quoted.
function answerSpans(spans: Span[], text: string, asked: string): number[] {
  const bare = (part: string) => part.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
  return spans.flatMap(({ start, end, kind }, index) =>
    kind === 'heading' || bare(text.slice(start, end)) === bare(asked) ? [] : [index],
  )
}

const length = (span: Span | undefined) => (span ? span.end - span.start : 0)
