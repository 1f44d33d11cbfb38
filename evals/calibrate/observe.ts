import { moneyText } from '#domain/money.ts'
import { extractiveCheck } from '#rag/claims/extractive-check.ts'
import type { Candidate } from '#rag/compose/composer.port.ts'
import { extractiveComposer } from '#rag/compose/extractive.ts'
import { spansOf } from '#rag/compose/text/spans.ts'
import type { Signals, Stratum } from '#rag/gate/gate.port.ts'
import { stratumOf } from '#rag/gate/gate.ts'
import { signalsOf } from '#rag/gate/signals.ts'
import type { Passage } from '#rag/retrieval.port.ts'
import type { Question } from '#rag/understand/understanding.port.ts'
import { understanding } from '#rag/understand/understanding.ts'
import { type AnswerCase, holds } from '../answers/answer-case.ts'
import { EVAL_SHOP, type ShopInMemory } from '../shop-in-memory.ts'

export type Seen = { signals: Signals; right: boolean; stratum: Stratum; note: string }

/** What the gate would see of one question: every candidate with its signals, and whether it would have been right. */
export type Observed = {
  id: string
  /** Cases of one topic are never on both sides of a fold. */
  topic: string
  twin: boolean
  view: View
  answerable: boolean
  candidates: Seen[]
}

const reader = understanding()
const claims = extractiveCheck()
// As many as the agent asks for, and spare ones for where documents are taken away.
const PASSAGES = 10
const SPARE = 12

export const readQuestion = (text: string, locale: string | null): Question =>
  reader.read(text, { question: null, product: null, locale })

/** What a twin changes: documents gone as a whole, or only what says the answer in them. */
export type Change = { gone: string[]; silenced: string[] }
/** `prose`: as a shop without stored answers would see it. */
export type View = 'whole' | 'prose'

/** Asks retrieval and composer as the agent does; with a change, the question has no answer any more. */
export async function observe(
  shop: ShopInMemory,
  one: AnswerCase,
  text: string,
  change: Change | null,
  view: View,
  signal: AbortSignal,
): Promise<Observed> {
  const question = readQuestion(text, one.audience?.locale ?? null)
  const observed = {
    id: one.id,
    topic: one.id.split('/').slice(0, 2).join('/'),
    twin: change !== null,
    view,
    answerable: change === null && one.expect === 'answer',
    candidates: [],
  }
  if (question.intent.route !== 'knowledge') return observed
  const query = {
    shop: EVAL_SHOP,
    text: question.text,
    audience: one.audience ?? {},
    limit: PASSAGES + (change?.gone.length || view === 'prose' ? SPARE : 0),
    at: new Date(),
  }
  const all = await shop.retrieval.search(query, signal)
  const passages = all.passages
    .filter(({ chunk }) => !change?.gone.includes(chunk.documentId) && !(view === 'prose' && chunk.kind === 'faq'))
    .flatMap((passage) => (change?.silenced.length ? silenced(passage, change.silenced) : [passage]))
    .slice(0, PASSAGES)
  const found = { ...all, passages }
  const composition = await extractiveComposer(shop.meaning).compose(question, found, signal)
  if (composition.clarification || composition.conflict) return observed
  const candidates = composition.candidates
    .filter((candidate) => claims.check(candidate).supported)
    .map((candidate) => ({
      stratum: stratumOf(candidate),
      note: `${text} → ${candidate.parts
        .map((part) => part.text)
        .join('')
        .slice(0, 150)} [${one.answers.join('|')}] ${candidate.passage.chunk.documentId}`,
      signals: signalsOf(question, found, candidate, composition.candidates),
      ...verdict(one, candidate, change),
    }))
  return { ...observed, candidates: candidates.filter(({ unclear }) => !unclear) }
}

// The passage without the sentences and fields that hold the answer: all that led here stands, what was asked does not.
function silenced(passage: Passage, answers: string[]): Passage[] {
  const { chunk } = passage
  const says = spansOf(chunk.text).filter(({ start, end }) => holds(chunk.text.slice(start, end), answers))
  // An FAQ entry is its answer; without it there is none.
  if (chunk.kind === 'faq' && says.length > 0) return []
  const text = says.toReversed().reduce((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), chunk.text)
  const shown = (value: unknown) =>
    typeof value === 'object' && value !== null
      ? Object.values(value).join(' ')
      : value === true
        ? 'yes'
        : value === false
          ? 'no'
          : String(value)
  const attributes = Object.fromEntries(
    Object.entries(chunk.attributes).filter(([, value]) => !holds(shown(value), answers)),
  )
  const { price, ...rest } = chunk
  const priced =
    price && !holds(moneyText(price, 'en-IE'), answers) && !holds(moneyText(price, 'de-DE'), answers) ? { price } : {}
  return [{ ...passage, chunk: { ...rest, ...priced, text, attributes } }]
}

// A document that is no gold one but says the gold words may well be right too: it teaches nothing either way.
function verdict(one: AnswerCase, candidate: Candidate, change: Change | null): { right: boolean; unclear: boolean } {
  const says = holds(candidate.parts.map(({ text }) => text).join(''), one.answers)
  const gold = candidate.parts.some(
    (part) => part.kind === 'quote' && one.documents.includes(part.quote.chunk.documentId),
  )
  const right = change === null && one.expect === 'answer' && says && gold
  return {
    right,
    unclear:
      !right &&
      says &&
      one.answers.length > 0 &&
      (change === null || change.gone.length > 0 || change.silenced.length > 0),
  }
}
