import type { Chunk } from '#domain/document.ts'
import type { Passage } from '../retrieval.port.ts'
import { NEGATIONS } from '../understand/lexicon/plain-words.ts'
import type { Question } from '../understand/understanding.port.ts'
import { covered, has, predicateOf, type WeighedWord } from '../understand/weighing.ts'
import { plainWord, words } from '../understand/words.ts'
import type { Candidate, Part } from './composer.port.ts'
import { subjectOf } from './listing/product.ts'
import { rowParts } from './table.ts'
import { readable, type Span, spansOf } from './text/spans.ts'
import { valuesIn } from './text/values.ts'

// About three sentences: enough for a rule and its exception, short enough to read in a chat.
const LONGEST = 420
const LONGEST_WITH_EXCEPTIONS = 640

const BACKWARD =
  /^(?:it|they|this|these|that|those|he|she|his|her|their|its|such|both|in this case|er|sie|es|dies(?:e|er|es)?|diese|dabei|dafür)\b/i
const ONWARD =
  /^(?:however|but|except|unless|exceptions?|please note|note|only|instead|otherwise|jedoch|allerdings|ausgenommen|außer|bitte beachten|ausnahmen?|nur)\b/i
const LIMIT =
  /\b(?:except|unless|excluding|exclud\w+|does not apply|do not apply|not (?:eligible|included|covered|available|possible|refundable|returnable)|cannot be|can't be|ausgenommen|außer|ausgeschlossen|gilt nicht|gelten nicht|nicht möglich)\b/i

/** Keys of the words a question asks with. */
export const keysAsked = ({ content }: Question) => new Set(content.map(({ key }) => key))

type Read = Span & { text: string; keys: Set<string> }

/** What is near in meaning, looked up by text; null where it is not known. */
export type Near = (text: string) => number | null

/** The sentences that by their words could be the answer, best first: worth a look at their meaning. */
export function likelySentences(question: Question, asked: WeighedWord[], { chunk }: Passage, most: number): string[] {
  const { rest, heading, spans } = opened(question, asked, chunk)
  return ranked(question, rest, heading, spans)
    .slice(0, most)
    .map(({ index }) => inContext(chunk, spans[index]))
}

/** The sentences of one passage that answer best, with what limits them carried along. Null when nothing in it is asked for. */
export function passageAnswer(
  question: Question,
  asked: WeighedWord[],
  passage: Passage,
  near: Near,
): Candidate | null {
  const { chunk } = passage
  const { subject, rest, heading, spans } = opened(question, asked, chunk)
  const rated = ranked(question, rest, heading, spans).map(({ index, score }) => {
    const nearness = near(inContext(chunk, spans[index]))
    return { index, nearness, score: score + MEANING * (nearness ?? 0) }
  })
  const best = rated.reduce<(typeof rated)[number] | null>(
    (top, one) => (top && top.score >= one.score ? top : one),
    null,
  )
  if (!best) return null
  const chosen = widened(question, rest, spans, best.index, chunk.kind === 'policy' || chunk.kind === 'faq')
  return {
    rung: 'passage',
    passage,
    parts: quotes(passage, spans, chosen, keysAsked(question)),
    products: chunk.kind === 'product' ? [chunk] : [],
    keyMatch: 0,
    near: best.nearness,
    core: coreOf(spans, best.index),
    named: 0,
    subject,
  }
}

// `It can be returned …` says what `it` is in the sentence before, a list item in the line that opens the list.
function coreOf(spans: Read[], index: number): string {
  const at = spans[index]
  const before = at && BACKWARD.test(at.text) && spans[index - 1]?.block === at.block ? spans[index - 1] : undefined
  const lead = at && at.lead >= 0 ? spans[at.lead] : undefined
  const head = at && at.head >= 0 ? spans[at.head] : undefined
  return [before, lead, head, at].map((span) => span?.text ?? '').join(' ')
}

// What a sentence's vector is worth beside its words.
const MEANING = 0.6

function opened(question: Question, asked: WeighedWord[], chunk: Chunk) {
  const subject = subjectOf(question, chunk)
  const titles = [chunk.title, ...chunk.headingPath, chunk.question ?? ''].join(' ')
  const heading = new Set(words(titles, question.language).map((word) => word.key))
  return {
    subject,
    heading,
    rest: predicateOf(asked, subject, chunk.kind === 'product'),
    spans: read(chunk.text, question),
  }
}

// A sentence is understood under its heading; a long one is cut where its vector would blur.
const inContext = (chunk: Chunk, span: Read | undefined) =>
  `${chunk.question ?? chunk.headingPath.at(-1) ?? chunk.title}: ${span?.text.slice(0, 300) ?? ''}`

function read(text: string, { language }: Question): Read[] {
  const spans = spansOf(text)
  const keysOf = ({ start, end }: Span) => words(text.slice(start, end), language).map((word) => word.key)
  return spans.map((span) => {
    // A row says what it says under its column's names.
    const head = spans[span.head]
    return {
      ...span,
      text: text.slice(span.start, span.end),
      keys: new Set([...keysOf(span), ...(head ? keysOf(head) : [])]),
    }
  })
}

function ranked(
  question: Question,
  rest: WeighedWord[],
  heading: Set<string>,
  spans: Read[],
): { index: number; score: number }[] {
  const known = new Set(question.content.map((word) => plainWord(word.text)))
  const rated = spans.map((span, index) => {
    const own = covered(rest, span.keys)
    const underHeading = covered(rest, new Set([...span.keys, ...heading]))
    const before = spans[index - 1]
    const behind = before ? covered(rest, new Set([...span.keys, ...heading, ...before.keys])) : underHeading
    const values = valuesIn(span.text, question.answerType, known)
    const fits = values === null ? 0.5 : values.length > 0 ? 1 : 0
    const denied =
      question.negated && words(span.text, question.language).some((word) => NEGATIONS.has(plainWord(word.text)))
    const score =
      own +
      0.35 * (underHeading - own) +
      0.15 * (behind - underHeading) +
      0.18 * fits +
      (denied ? 0.1 : 0) -
      (span.text.length > 350 ? 0.05 : 0)
    // Being of the right shape alone is no answer: something asked must be there.
    return { index, score: span.kind === 'heading' || underHeading === 0 ? 0 : score }
  })
  return rated.filter(({ score }) => score > 0.05).sort((left, right) => right.score - left.score)
}

// What belongs to the best sentence: its lead-in, the list it opens, what it points back to, what limits it.
function widened(question: Question, rest: WeighedWord[], spans: Read[], best: number, ruled: boolean): number[] {
  const chosen = new Set([best])
  const size = () => [...chosen].reduce((sum, index) => sum + (spans[index]?.text.length ?? 0), 0)
  const add = (index: number, longest = LONGEST) => {
    const span = spans[index]
    if (span && span.kind !== 'heading' && size() + span.text.length <= longest) chosen.add(index)
  }
  const at = spans[best]
  if (!at) return []
  if (at.lead >= 0 && spans[at.lead]?.kind !== 'heading') add(at.lead)
  if (at.text.trimEnd().endsWith(':')) for (let index = best + 1; spans[index]?.lead === best; index += 1) add(index)
  const before = spans[best - 1]
  if (
    before &&
    before.block === at.block &&
    before.kind === at.kind &&
    (BACKWARD.test(at.text) || adds(rest, at, before))
  )
    add(best - 1)
  const after = spans[best + 1]
  if (
    after &&
    after.block === at.block &&
    after.kind === at.kind &&
    (ONWARD.test(after.text) || (adds(rest, at, after) && !chosen.has(best - 1)))
  )
    add(best + 1)
  if (!ruled) return [...chosen].sort((left, right) => left - right)
  for (const [index, span] of spans.entries())
    if (LIMIT.test(span.text) && concerns(question, at, span)) add(index, LONGEST_WITH_EXCEPTIONS)
  return [...chosen].sort((left, right) => left - right)
}

const adds = (rest: WeighedWord[], at: Read, other: Read) =>
  rest.some((word) => !has(at.keys, word) && has(other.keys, word) && word.weight > 0.5)

// An exception is carried when it speaks of what the rule speaks of, in the rule's own section.
function concerns({ content }: Question, rule: Read, limit: Read): boolean {
  if (limit === rule || limit.kind === 'heading') return false
  if (Math.abs(limit.block - rule.block) > 2) return false
  return content.some((word) => has(limit.keys, word) && has(rule.keys, word))
}

/** The chosen spans as parts, in order; a table row with the names of its columns. `asked`: keys of what was asked. */
export function quotes({ chunk }: Passage, spans: Span[], chosen: number[], asked: Set<string>): Part[] {
  const parts: Part[] = []
  for (const index of chosen) {
    const span = spans[index]
    if (!span) continue
    if (parts.length > 0) parts.push({ kind: 'template', template: 'space', text: ' ' })
    const { start, end } = span
    if (span.kind === 'row') parts.push(...rowParts(chunk, spans[span.head] ?? null, span, asked))
    else parts.push({ kind: 'quote', quote: { chunk, start, end }, text: readable(chunk.text.slice(start, end)) })
  }
  return parts
}
