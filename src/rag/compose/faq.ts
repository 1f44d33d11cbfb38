import type { Chunk } from '#domain/document.ts'
import type { Passage } from '../retrieval.port.ts'
import type { Question } from '../understand/understanding.port.ts'
import type { WeighedWord } from '../understand/weighing.ts'
import type { Candidate } from './composer.port.ts'
import { likeness } from './likeness.ts'
import { subjectOf } from './listing/product.ts'
import { keysAsked, type Near, passageAnswer, quotes } from './passage.ts'
import { type Span, spansOf } from './text/spans.ts'
import { valuesIn } from './text/values.ts'

const WHOLE = 420
// `No, …` answers one question only: to another that merely shares words it would be a lie.
const SAME = 0.8
const VERDICT = /^(?:yes|no|not|only|ja|nein|nicht|nur|doch)\b/i

/** The stored answer to a stored question, word for word; `keyMatch` says how alike the questions are. Null for a bare yes or no to another question. */
export function faqAnswer(question: Question, asked: WeighedWord[], passage: Passage, near: Near): Candidate | null {
  const { chunk } = passage
  const alike = Math.max(...questionsOf(chunk).map((text) => likeness(question, asked, text)))
  const spans = spansOf(chunk.text)
  const answer = answerSpans(spans, chunk.text, chunk.question ?? chunk.title)
  const [opening] = answer
  if (opening === undefined) return null
  const nearness = questionsOf(chunk).reduce<number | null>((top, text) => highest(top, near(text)), null)
  const bare = question.answerType === 'yes_no' && alike < SAME && (nearness ?? 0) < SAME
  const open = !(valuesIn(chunk.text, question.answerType, new Set())?.length ?? 1)
  if ((bare || open) && VERDICT.test(chunk.text.slice(spans[opening]?.start))) return null
  const size = answer.reduce((sum, index) => sum + length(spans[index]), 0)
  const made = {
    rung: 'faq' as const,
    passage,
    products: [],
    keyMatch: alike,
    near: nearness,
    core: '',
    named: 0,
    subject: subjectOf(question, chunk),
  }
  if (size <= WHOLE) return { ...made, parts: quotes(passage, spans, answer, keysAsked(question)) }
  return {
    ...made,
    parts:
      passageAnswer(question, asked, passage, near)?.parts ??
      quotes(passage, spans, answer.slice(0, 2), keysAsked(question)),
  }
}

const ALIASES = 3

/** The ways in which an entry's question is stored. */
export const questionsOf = (chunk: Chunk) => [chunk.question ?? chunk.title, ...chunk.aliases.slice(0, ALIASES)]

// Where the passage repeats its question in front of the answer, the repetition is not quoted.
function answerSpans(spans: Span[], text: string, asked: string): number[] {
  const bare = (part: string) => part.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
  return spans.flatMap(({ start, end, kind }, index) =>
    kind === 'heading' || bare(text.slice(start, end)) === bare(asked) ? [] : [index],
  )
}

const highest = (left: number | null, right: number | null) =>
  left === null ? right : right === null ? left : Math.max(left, right)
const length = (span: Span | undefined) => (span ? span.end - span.start : 0)
