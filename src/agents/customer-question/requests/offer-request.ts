import type { RunnableConfig } from '@langchain/core/runnables'
import type { AnswerOption } from '#domain/answer.ts'
import {
  arrivedAt,
  type CustomerRequest,
  misfitOf,
  type RequestKind,
  type RequestRefusal,
  refusalOf,
} from '#domain/exceptions/customer-request.ts'
import type { LineQuantity, Order } from '#domain/order.ts'
import type { Language } from '#rag/understand/understanding.port.ts'
import type { RequestTool } from '#tools/request-change.port.ts'
import { runSignal } from '../../run-signal.ts'
import { answerOf } from '../answer-of.ts'
import { caseState, caseText } from '../claims/case-text.ts'
import { caseReceipts } from '../claims/tell-cases.ts'
import type { AgentAnswer } from '../customer-question.port.ts'
import { readMemory } from '../memory.ts'
import { tellOrder } from '../nodes/tell-order.ts'
import { orderCard, orderText } from '../order-card.ts'
import type { QuestionState } from '../state.ts'
import { readAddressText } from './read-address.ts'
import { readItems } from './read-items.ts'
import { holding, type RequestInHand, requestInHand } from './request-in-hand.ts'
import { askFor, requestName, tellRequest, whyNot } from './request-phrases.ts'
import { requestText, unitsText } from './request-text.ts'

type Found = { order: Order; at: string }

/**
 * Says exactly what would be asked for and asks whether it shall be: after which order, and what address or items, where that is
 * open. Says why not where the order does not allow it. Nothing is requested here. Throws what RequestTool throws.
 */
export function offerRequest(requests: Pick<RequestTool, 'checkAddress' | 'payment'>) {
  return async (state: QuestionState, config: RunnableConfig): Promise<{ answer: AgentAnswer }> => {
    const wish = requestInHand(state)
    const { lookUp, question } = state
    if (!wish || lookUp.outcome !== 'found' || lookUp.orders.length === 0) return tellOrder(state)
    const { language } = question
    const { kind } = wish
    const { at } = lookUp
    if (kind === 'exchange' || kind === 'other_items') return forPerson(state, lookUp.orders, at)
    if (kind === 'change') return { answer: ways(state, lookUp.orders, at) }
    const open = lookUp.orders.filter((order) => refusalOf(kind, order) === null)
    const [order, ...others] = open
    if (!order) return { answer: refused(state, kind, lookUp.orders, at) }
    if (others.length > 0) return { answer: which(state, { ...wish, kind }, open, at) }
    const known = state.cases.cases.find(
      (one) => one.type === 'customer_request' && one.status !== 'resolved' && one.order === order.id,
    )
    if (known) {
      // What nobody agreed to is not open; who asks again is heard by a person.
      const isDeclined = caseState(known) === 'declined'
      const open = isDeclined ? '' : tellRequest(language, 'other_open', { order: order.id })
      const told = shown(state, order, at)
      return {
        answer: answerOf(state, {
          ...told,
          outcome: 'answered',
          text: open + caseText(known, state.cases.at, language),
          options: isDeclined ? [askFor(language, 'person', {})] : [],
          receipts: [...told.receipts, ...caseReceipts([known], state.cases.at)],
        }),
      }
    }
    const read = wish.request ?? detailsIn(kind, wish.words, order, requests)
    if (!read) return { answer: details(state, { ...wish, kind }, { order, at }) }
    const misfit = misfitOf(read, order)
    if (misfit) return { answer: refused(state, kind, [order], at, misfit) }
    const payment = await requests.payment(state.input.shop, order.id, runSignal(config))
    const text = requestText(read, order, payment, language) + tellRequest(language, 'decides')
    const options = (['yes', 'no'] as const).map((word) => option(tellRequest(language, word)))
    const answer = answerOf(state, { ...shown(state, order, at), outcome: 'clarify', text, options })
    const words = readMemory(state.input.memory).request?.words ?? wish.words
    const said = wish.isReply && words !== wish.words ? `${words} / ${wish.words}` : wish.words
    return { answer: holding(answer, { kind, words: said, asks: 'confirm', order: order.id, request: read }, at) }
  }
}

/** The request whole, where its words say all of it. */
function detailsIn(
  kind: RequestKind,
  words: string,
  order: Order,
  { checkAddress }: Pick<RequestTool, 'checkAddress'>,
): CustomerRequest | null {
  if (kind === 'cancel' || kind === 'payment') return { kind }
  if (kind === 'remove_items' || kind === 'return') {
    const named = readItems(words, order)
    const all = order.lines.map(({ sku, qty }) => ({ sku, qty }))
    const items = kind === 'return' && isWhole(words, order, named) ? all : named
    return items?.length ? { kind, items } : null
  }
  const address = readAddressText(words, order.shippingAddress)
  const checked = address && checkAddress(address)
  return checked?.usable ? { kind, address: checked.normalised } : null
}

/** "Return my order" means all of it, where it names nothing on it; so does anything where there is only one thing. */
function isWhole(words: string, { lines }: Order, named: LineQuantity[] | null): boolean {
  if (lines.length === 1 && lines[0]?.qty === 1) return true
  return named?.length === 0 && /\b(?:order|bestellung|purchase)\b/iu.test(words)
}

/** Asks for the address or the items: once, and once again; then a person helps. */
function details(
  state: QuestionState,
  { kind, words, isReply }: RequestInHand & { kind: RequestKind },
  { order, at }: Found,
) {
  const { language } = state.question
  const before = readMemory(state.input.memory).request
  const isAgain = isReply && before?.asks === 'details'
  if (isAgain && before.words.includes(AGAIN)) return handedOver(state, [order], at, requestName(language, kind))
  const phrase = kind === 'address' ? 'address' : 'items'
  const slots = { order: order.id, items: unitsText(order.lines, order) }
  const text = tellRequest(language, isAgain ? (`${phrase}_again` as const) : phrase, slots)
  const answer = answerOf(state, { ...shown(state, order, at), outcome: 'clarify', text })
  const kept = isAgain ? `${before.words}${AGAIN}${words}` : words
  return holding(answer, { kind, words: kept, asks: 'details', order: order.id, request: null })
}
/** Between what was written first and what could not be read. */
const AGAIN = ' / '

/** Several orders could be meant: asks once which. */
function which(
  state: QuestionState,
  { kind, words }: RequestInHand & { kind: RequestKind },
  orders: Order[],
  at: string,
) {
  const { language } = state.question
  if (readMemory(state.input.memory).request?.asks === 'order')
    return handedOver(state, orders, at, requestName(language, kind))
  const cards = orders.map((order) => orderCard(order, at, language, state.cases))
  const options = cards.map(({ orderId, statusText }) => ({ label: `${orderId}: ${statusText}`, value: orderId }))
  const text = tellRequest(language, 'which', { what: requestName(language, kind) })
  const receipts = orders.map(({ id }) => ({ tool: 'order_look_up', subject: id, at }))
  const answer = answerOf(state, { outcome: 'clarify', route: 'order', text, options, orders: cards, receipts })
  return holding(answer, { kind, words, asks: 'order', order: null, request: null })
}

/** Says honestly why not, and what is possible instead. */
function refused(
  state: QuestionState,
  kind: RequestKind,
  orders: Order[],
  at: string,
  misfit?: RequestRefusal,
): AgentAnswer {
  const { language } = state.question
  const reasons = orders.map((order) => ({ order, why: misfit ?? refusalOf(kind, order) ?? 'already_shipped' }))
  const lines = reasons.map(({ order, why }) =>
    tellRequest(language, 'cannot', { what: requestName(language, kind), order: order.id, why: whyNot(language, why) }),
  )
  const gone = reasons.find(({ why }) => why === 'already_delivered')
  const going = reasons.some(({ why }) => why === 'already_shipped' || why === 'not_arrived')
  const instead = gone ? tellRequest(language, 'return_now') : going ? tellRequest(language, 'return_later') : ''
  const options: AnswerOption[] =
    gone && orders.length === 1 ? [askFor(language, 'return', { order: gone.order.id })] : []
  return answerOf(state, {
    outcome: 'answered',
    route: 'order',
    text: lines.join('\n') + instead + tellRequest(language, 'needs_person'),
    orders: orders.map((order) => orderCard(order, at, language, state.cases)),
    receipts: orders.map(({ id }) => ({ tool: 'order_look_up', subject: id, at })),
    options: [...options, askFor(language, 'person', {})],
  })
}

const CHANGES: RequestKind[] = ['address', 'remove_items', 'payment', 'cancel']

/** "Change my order": what can be asked for, as buttons. */
function ways(state: QuestionState, orders: Order[], at: string): AgentAnswer {
  const { language } = state.question
  const open = orders.filter((order) => CHANGES.some((kind) => refusalOf(kind, order) === null))
  const [order] = open
  if (!order) return refused(state, 'address', orders, at)
  const options = open.flatMap((one) =>
    CHANGES.filter(
      (kind) => refusalOf(kind, one) === null && (open.length === 1 || kind === 'address' || kind === 'cancel'),
    ).map((kind) => askFor(language, kind, { order: one.id })),
  )
  return answerOf(state, {
    outcome: 'clarify',
    route: 'order',
    text: tellRequest(language, 'change', { order: open.map(({ id }) => id).join(', ') }),
    orders: open.map((one) => orderCard(one, at, language, state.cases)),
    receipts: open.map(({ id }) => ({ tool: 'order_look_up', subject: id, at })),
    options,
  })
}

function forPerson(state: QuestionState, orders: Order[], at: string) {
  const { language } = state.question
  return { answer: handedOver(state, orders, at, NOT_OFFERED[language]) }
}
const NOT_OFFERED: Record<Language, string> = { en: 'that', de: 'Umtausch oder andere Artikel' }

/** With a full packet: what they asked for, how the orders stand, and which of them arrived when. */
function handedOver(state: QuestionState, orders: Order[], at: string, what: string): AgentAnswer {
  const { language, asked } = state.question
  const cards = orders.map((order) => orderCard(order, at, language, state.cases))
  const arrived = orders.flatMap((order) => {
    const when = arrivedAt(order)
    return when ? [`${order.id} arrived ${when}.`] : []
  })
  return answerOf(state, {
    outcome: 'handed_off',
    route: 'order',
    text: tellRequest(language, 'for_person', { what }) + cards.map((card) => orderText(card, language)).join('\n'),
    orders: cards,
    receipts: orders.map(({ id }) => ({ tool: 'order_look_up', subject: id, at })),
    handoffReason: 'requested',
    summary: [
      `The shopper asks for a change to their order: “${asked}”. Nothing was requested or changed yet.`,
      ...arrived,
    ].join(' '),
  })
}

function shown(state: QuestionState, order: Order, at: string) {
  const { language } = state.question
  const receipts = [{ tool: 'order_look_up', subject: order.id, at }]
  return { route: 'order' as const, orders: [orderCard(order, at, language, state.cases)], receipts }
}

const option = (words: string): AnswerOption => ({ label: words, value: words })
