import { extractiveCheck } from '#rag/claims/extractive-check.ts'
import type { Candidate } from '#rag/compose/composer.port.ts'
import { extractiveComposer } from '#rag/compose/extractive.ts'
import type { Signals } from '#rag/gate/gate.port.ts'
import { signalsOf } from '#rag/gate/signals.ts'
import type { Retrieval } from '#rag/retrieval.port.ts'
import type { Question } from '#rag/understand/understanding.port.ts'
import { understanding } from '#rag/understand/understanding.ts'
import { type AnswerCase, holds } from '../answers/answer-case.ts'
import { EVAL_SHOP } from '../shop-in-memory.ts'

/** What the gate would see of one question: every candidate with its signals, and whether it would have been right. */
export type Observed = {
  id: string
  /** Cases of one topic are never on both sides of a fold. */
  topic: string
  twin: boolean
  answerable: boolean
  candidates: { signals: Signals; right: boolean }[]
}

const reader = understanding()
const composer = extractiveComposer()
const claims = extractiveCheck()
// As many as the agent asks for, and spare ones for where documents are taken away.
const PASSAGES = 10
const SPARE = 12

export const readQuestion = (text: string, locale: string | null): Question =>
  reader.read(text, { question: null, product: null, locale })

/** Asks retrieval and composer as the agent does. `without`: documents that are taken away; null: the case as it is. */
export async function observe(
  retrieval: Retrieval,
  one: AnswerCase,
  text: string,
  without: string[] | null,
  signal: AbortSignal,
): Promise<Observed> {
  const question = readQuestion(text, one.audience?.locale ?? null)
  const observed = {
    id: one.id,
    topic: one.id.split('/').slice(0, 2).join('/'),
    twin: without !== null,
    answerable: without === null && one.expect === 'answer',
    candidates: [],
  }
  if (question.intent.route !== 'knowledge') return observed
  const query = {
    shop: EVAL_SHOP,
    text: question.text,
    audience: one.audience ?? {},
    limit: PASSAGES + (without?.length ? SPARE : 0),
    at: new Date(),
  }
  const all = await retrieval.search(query, signal)
  const passages = all.passages.filter(({ chunk }) => !without?.includes(chunk.documentId)).slice(0, PASSAGES)
  const found = { ...all, passages }
  const composition = composer.compose(question, found)
  if (composition.clarification || composition.conflict) return observed
  const candidates = composition.candidates
    .filter((candidate) => claims.check(candidate).supported)
    .map((candidate) => ({ signals: signalsOf(question, found, candidate), ...verdict(one, candidate, without) }))
  return { ...observed, candidates: candidates.filter(({ unclear }) => !unclear) }
}

// A document that is no gold one but says the gold words may well be right too: it teaches nothing either way.
function verdict(
  one: AnswerCase,
  candidate: Candidate,
  without: string[] | null,
): { right: boolean; unclear: boolean } {
  const says = holds(composer.text(candidate), one.answers)
  const gold = candidate.parts.some(
    (part) => part.kind === 'quote' && one.documents.includes(part.quote.chunk.documentId),
  )
  const right = without === null && one.expect === 'answer' && says && gold
  return { right, unclear: !right && says && one.answers.length > 0 && (without === null || without.length > 0) }
}
