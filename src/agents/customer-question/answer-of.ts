import type { Candidate, Composition } from '#rag/compose/composer.port.ts'
import type { Question, ShownProduct } from '#rag/understand/understanding.port.ts'
import type { AgentAnswer } from './customer-question.port.ts'
import { readMemory, type TurnMemory, topicOf } from './memory.ts'
import { shownBy } from './shown.ts'
import type { QuestionState } from './state.ts'

/** No language model took part; see architecture.md, profiles. */
export const BUILTIN = { name: 'builtin', inputTokens: 0, outputTokens: 0, costMicros: 0 }

type Said = Pick<AgentAnswer, 'outcome' | 'route' | 'text'> & Partial<AgentAnswer>

/** An answer with everything a node did not say filled in: nothing cited, nothing shown, no one called. */
export function answerOf(
  state: Pick<QuestionState, 'input' | 'question'> & Partial<QuestionState>,
  said: Said,
): AgentAnswer {
  const { question, judgement } = state
  return {
    // Of orders is spoken in what is understood.
    language: said.route === 'order' ? question.language : question.speech,
    citations: [],
    products: [],
    orders: [],
    options: [],
    related: [],
    needs: null,
    stopped: false,
    confidence: judgement?.confidence ?? 1,
    gate: judgement?.verdict ?? { threshold: 0, passed: true, reason: 'no_claim_made' },
    // Order answers are personal; the rest is marked by whoever has a cache.
    cache: 'bypass',
    receipts: [],
    model: BUILTIN,
    handoffReason: null,
    summary: null,
    suggestedReply: null,
    memory: remembered(state, said),
    trace: traceOf(question, state),
    ...said,
  }
}

function remembered(
  { input, question, composition, judgement }: Pick<QuestionState, 'input' | 'question'> & Partial<QuestionState>,
  said: Said,
) {
  const before = readMemory(input.memory)
  const about = question.intent.route === 'knowledge'
  return {
    question: about ? question.text : before.question,
    product: about ? spokenProduct(before, said, composition, shownBy(judgement?.candidate ?? null)) : before.product,
    clarified: said.outcome === 'clarify',
    proofAsked: said.needs === 'order_proof',
    openTopic: openTopic(before.openTopic, composition, said, about),
    failed: null,
    unread: 0,
    claim: null,
    request: null,
    reported: null,
    ...spokenOf(before, said, judgement?.candidate ?? null, about ? question.text : null),
  }
}

/** The one product that `it` means from here on. After several side by side there is none. */
function spokenProduct(
  before: TurnMemory,
  said: Said,
  composition: Composition | undefined,
  shown: ShownProduct[],
): string | null {
  if (said.outcome === 'answered' && shown.length > 1) return null
  if (composition?.product) return composition.product.title
  return said.products?.length === 1 ? (said.products[0]?.title ?? null) : before.product
}

// What `which of these` and `when will it arrive` mean next: the last list, the last two side by side, the last order.
function spokenOf(before: TurnMemory, said: Said, candidate: Candidate | null, asked: string | null) {
  const answered = asked !== null && said.outcome === 'answered'
  const products = said.products ?? []
  const pair = candidate?.rung === 'comparison' || products.length === 2 ? products.map(({ title }) => title) : []
  const orders = said.orders ?? []
  // Thanks in between, say, leave the orders in mind.
  const goesOn = asked === null && orders.length === 0
  const shown = shownBy(candidate)
  const [only] = products
  // One of them may be spoken of, and then the next; another matter ends it.
  const still = products.length === 1 && (before.shown ?? []).some(({ title }) => title === only?.title)
  return {
    list: answered ? (candidate?.rung === 'products' ? asked : null) : before.list,
    pair: answered ? pair : before.pair,
    shown: answered ? (shown.length > 1 ? shown : still ? (before.shown ?? []) : []) : (before.shown ?? []),
    several: orders.length > 1 || (goesOn && before.several),
    order: orders.length === 1 ? (orders[0]?.orderId ?? null) : goesOn ? before.order : null,
  }
}

// A topic is closed by an answer from the shop's content; thanks in between, or an order, close nothing.
function openTopic(before: string | null, composition: Composition | undefined, said: Said, about: boolean) {
  if (said.outcome === 'clarify' && composition?.clarification) return topicOf(composition.clarification)
  return about && said.outcome === 'answered' ? null : before
}

function traceOf(question: Question, { found, judgement, composition }: Partial<QuestionState>) {
  const { intent, answerType, text, region, followUp } = question
  return {
    intent,
    answerType,
    searchedFor: text,
    region,
    followUp,
    passages:
      found?.passages.map(({ chunk, score, scores }) => ({
        chunkId: chunk.id,
        documentId: chunk.documentId,
        title: chunk.title,
        url: chunk.url ?? null,
        score,
        scores,
      })) ?? [],
    candidates:
      composition?.candidates.map(({ rung, passage, keyMatch }) => ({ rung, chunkId: passage.chunk.id, keyMatch })) ??
      [],
    rung: judgement?.candidate?.rung ?? null,
    draft: judgement?.candidate ? draftOf(judgement.candidate) : null,
    signals: judgement?.signals ?? {},
  }
}

// What would have been said, also where the gate held it back: a person sees it, and the calibration counts it.
function draftOf({ parts, passage }: Candidate) {
  const text = parts.map(({ text }) => text).join('')
  const cited = parts.flatMap((part) =>
    part.kind === 'quote' ? [part.quote.chunk.documentId] : [passage.chunk.documentId],
  )
  return { text, documentIds: [...new Set(cited)] }
}
