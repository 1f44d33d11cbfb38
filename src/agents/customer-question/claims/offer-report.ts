import type { Receipt } from '#domain/answer.ts'
import type { ExceptionType } from '#domain/exceptions/exception-type.ts'
import type { Order } from '#domain/order.ts'
import { answerOf } from '../answer-of.ts'
import type { AgentAnswer } from '../customer-question.port.ts'
import { readMemory } from '../memory.ts'
import { tellOrder } from '../nodes/tell-order.ts'
import { orderCard, orderText } from '../order-card.ts'
import { say } from '../phrases.ts'
import type { QuestionState } from '../state.ts'
import { claimInHand, remembering, typeFor } from './claim-in-hand.ts'
import { tell, whatText } from './claim-phrases.ts'
import { tellCases } from './tell-cases.ts'

/**
 * Says what would be reported and asks whether it shall be; where several orders could be meant, asks which one first. Nothing is
 * reported here.
 */
export function offerReport(state: QuestionState): { answer: AgentAnswer } {
  const { lookUp, question, input, cases } = state
  const claim = claimInHand(state)
  if (!claim || lookUp.outcome !== 'found' || lookUp.orders.length === 0) return tellOrder(state)
  const { language } = question
  const { orders, at } = lookUp
  const fitting = orders.flatMap((order) => {
    const type = typeFor(claim.type, order, at)
    return type ? [{ order, type }] : []
  })
  const [one, ...others] = fitting
  if (!one) return notSeen(state, claim.type, orders, at)
  const cards = fitting.map(({ order }) => orderCard(order, at, language, state.cases))
  const receipts: Receipt[] = fitting.map(({ order }) => ({ tool: 'order_look_up', subject: order.id, at }))
  const told = { outcome: 'clarify', route: 'order', orders: cards, receipts } as const
  if (others.length > 0) {
    // Asked once already which one: a person finds out rather than the same being asked again.
    if (readMemory(input.memory).claim) return handedOver(state, orders, at, say(language, 'person'))
    const options = cards.map(({ orderId, statusText }) => ({ label: `${orderId}: ${statusText}`, value: orderId }))
    const text = tell(language, 'which', { what: whatText(language, claim.type) })
    return {
      answer: remembering(answerOf(state, { ...told, text, options }), {
        type: claim.type,
        words: claim.words,
        order: null,
      }),
    }
  }
  const known = cases.cases.filter((open) => open.status !== 'resolved' && open.type === one.type)
  if (known.length > 0) return tellCases({ ...state, cases: { ...cases, cases: known } })
  const text = tell(language, 'confirm', { order: one.order.id, what: whatText(language, one.type) })
  const options = (['yes', 'no'] as const).map((word) => ({ label: tell(language, word), value: tell(language, word) }))
  const pending = { type: one.type, words: claim.words, order: one.order.id }
  return { answer: remembering(answerOf(state, { ...told, text, options }), pending, at) }
}

// A parcel on its way answers "it has not come"; what an order system cannot show is for a person.
function notSeen(state: QuestionState, type: ExceptionType, orders: Order[], at: string) {
  if (type === 'delivered_not_received_claim' || type === 'lost_in_transit') return tellOrder(state)
  const { language } = state.question
  const lines = orders.map((order) => orderText(orderCard(order, at, language, state.cases), language)).join('\n')
  return handedOver(state, orders, at, tell(language, 'not_seen') + lines)
}

function handedOver(state: QuestionState, orders: Order[], at: string, text: string) {
  const { language, asked } = state.question
  return {
    answer: answerOf(state, {
      outcome: 'handed_off',
      route: 'order',
      text,
      orders: orders.map((order) => orderCard(order, at, language, state.cases)),
      receipts: orders.map(({ id }) => ({ tool: 'order_look_up', subject: id, at })),
      handoffReason: 'low_confidence',
      summary: `The shopper wrote: “${asked}”. It is about an order of theirs; what was looked up is shown with it.`,
    }),
  }
}
