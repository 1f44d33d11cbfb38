import type { Receipt } from '#domain/answer.ts'
import { isRequestKind } from '#domain/exceptions/customer-request.ts'
import type { OrderLookUp } from '#tools/look-up.port.ts'
import { answerOf } from '../answer-of.ts'
import { caseText, isWorthTelling } from '../claims/case-text.ts'
import { claimInHand, remembering } from '../claims/claim-in-hand.ts'
import { caseReceipts } from '../claims/tell-cases.ts'
import type { AgentAnswer } from '../customer-question.port.ts'
import { readMemory } from '../memory.ts'
import { orderCard, orderText } from '../order-card.ts'
import { say } from '../phrases.ts'
import { holding, requestInHand } from '../requests/request-in-hand.ts'
import type { QuestionState } from '../state.ts'

/** Says how the order stands, or asks for proof that it is theirs: once, then a person helps. */
export function tellOrder(state: QuestionState) {
  const { input, lookUp, question } = state
  const { language } = question
  if (lookUp.outcome === 'found') return { answer: foundAnswer(state, lookUp) }
  const text = say(language, lookUp.outcome === 'identify_first' ? 'identify' : 'not_yours')
  // Also beside the hand-over: with the proof the same question gets its answer.
  const needs = 'order_proof' as const
  if (!readMemory(input.memory).proofAsked)
    return { answer: withClaim(state, answerOf(state, { outcome: 'clarify', route: 'order', text, needs })) }
  return {
    answer: answerOf(state, {
      outcome: 'handed_off',
      route: 'order',
      text: say(language, 'person'),
      needs,
      handoffReason: 'low_confidence',
      ...forPerson(question.asked),
    }),
  }
}

function foundAnswer(state: QuestionState, { orders, at }: Extract<OrderLookUp, { outcome: 'found' }>) {
  const { language, intent } = state.question
  const cards = orders.map((order) => orderCard(order, at, language, state.cases))
  const receipts: Receipt[] = orders.map(({ id }) => ({ tool: 'order_look_up', subject: id, at }))
  const [card] = cards
  if (!card) return answerOf(state, { outcome: 'answered', route: 'order', text: say(language, 'no_orders'), receipts })
  const told = { route: 'order', orders: cards, receipts } as const
  if (cards.length > 1 && readMemory(state.input.memory).clarified) {
    // Asked back before: all of them are told rather than the same asked again.
    const text = cards.map((each) => orderText(each, language)).join('\n')
    return answerOf(state, { ...told, outcome: 'answered', text })
  }
  if (cards.length > 1) {
    const options = cards.map(({ orderId, statusText }) => ({ label: `${orderId}: ${statusText}`, value: orderId }))
    return answerOf(state, { ...told, outcome: 'clarify', text: say(language, 'which_order'), options })
  }
  const known = state.cases.cases.filter(isWorthTelling).slice(0, CASES)
  const text = [orderText(card, language), ...known.map((one) => caseText(one, state.cases.at, language))].join('\n')
  receipts.push(...caseReceipts(known, state.cases.at))
  if (intent.route !== 'order' || intent.asks !== 'change')
    return answerOf(state, { ...told, outcome: 'answered', text })
  return answerOf(state, {
    ...told,
    outcome: 'handed_off',
    text: say(language, 'change') + text,
    handoffReason: 'requested',
    ...forPerson(state.question.asked),
  })
}

/** What is told of an order besides how it stands. */
const CASES = 2

// With the proof, or the right number, the report or request goes on where it was.
function withClaim(state: QuestionState, answer: AgentAnswer): AgentAnswer {
  const wish = requestInHand(state)
  const { kind, words } = wish ?? {}
  if (kind && words && isRequestKind(kind))
    return holding(answer, { kind, words, asks: 'order', order: null, request: null })
  const claim = claimInHand(state)
  return claim ? remembering(answer, { type: claim.type, words: claim.words, order: null }) : answer
}

const forPerson = (asked: string) => ({
  summary: `The shopper wrote: “${asked}”. It is about an order of theirs; what was looked up is shown with it.`,
  suggestedReply: null,
})
