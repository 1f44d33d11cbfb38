import type { CustomerRequest } from '#domain/exceptions/customer-request.ts'
import type { OrderId } from '#domain/ids.ts'
import { orderId } from '#domain/ids.ts'
import { isAnsweringPerson, isEarly } from '../claims/claim-in-hand.ts'
import type { AgentAnswer } from '../customer-question.port.ts'
import { type PendingRequest, readMemory } from '../memory.ts'
import type { QuestionState } from '../state.ts'
import { isAsking, type WishKind, wishIn } from './request-cues.ts'
import { tellRequest } from './request-phrases.ts'

type Asked = Pick<QuestionState, 'input' | 'question'>

/** What this message asks to have done. `words` may hold the details; `request` has them where they are known already. */
export type RequestInHand = {
  kind: WishKind
  words: string
  order: OrderId | null
  isReply: boolean
  request?: CustomerRequest | null
}

/**
 * What this message asks to have done to an order, by itself or as the answer to what was asked back about it; null where it asks
 * for nothing of the kind. Identity is no part of it. Wishes for a person, and orders to the assistant, go before.
 */
export function requestInHand({ input, question }: Asked): RequestInHand | null {
  const { intent, asked, orderNumber } = question
  if (intent.route === 'person' || intent.route === 'refuse' || isAnsweringPerson(input)) return null
  const memory = readMemory(input.memory)
  const named = orderNumber ? orderId(orderNumber) : null
  const told = memory.order ? orderId(memory.order) : null
  const reports = intent.route === 'order' && (intent.asks === 'report' || intent.asks === 'report_state')
  const wish = reports ? null : wishIn(asked)
  // Somebody nobody knows is better served by the page on returns than by a demand for proof.
  const isPage = intent.route === 'knowledge' && !isKnown(input) && !named && (wish === 'return' || wish === 'exchange')
  if (wish && !isPage) return { kind: wish, words: asked, order: named ?? told, isReply: false }
  const { request } = memory
  // A yes that was written before it was asked: it is asked about once more.
  if (request?.asks === 'confirm' && isEarly(input, request) && saidTo(request, question) === 'yes')
    return { ...request, isReply: false }
  if (!request || intent.route === 'smalltalk' || asked.includes('?') || isAsking(asked)) return null
  const isNumber = named !== null && asked.length <= named.length + NUMBER_WORDS
  if (request.asks === 'order' && isNumber) return { ...request, order: named, isReply: true }
  if (request.asks === 'details' && !(isNumber && named !== request.order))
    return { ...request, words: asked, isReply: true }
  // "Only the teapot", "no, number 7": what was read back is put right instead of confirmed; see puts-right.
  const isPutRight = question.reply === null && intent.route === 'knowledge' && asked.length <= PUT_RIGHT
  if (request.asks === 'confirm' && isPutRight && request.kind !== 'cancel' && request.kind !== 'payment')
    return { ...request, request: null, words: asked, isReply: true }
  return null
}
/** "It is number NL-100234, thanks": room for what stands around a number. */
const NUMBER_WORDS = 24
/** Items or an address; what is longer is another matter. */
const PUT_RIGHT = 120

const isKnown = ({ customer, unlockedOrders }: QuestionState['input']) => customer !== null || unlockedOrders.length > 0

/** What was asked to be confirmed, whole. */
export type Confirmable = PendingRequest & { order: OrderId; request: CustomerRequest }

/**
 * What this message says to the question whether to ask for it: only a plain yes or no counts, only straight after that question,
 * and not to a person who wrote in between. A no counts while details are asked for as well.
 */
export function requestReply({
  input,
  question,
}: Asked): { reply: 'no' } | { reply: 'yes'; pending: Confirmable } | null {
  const { request: pending } = readMemory(input.memory)
  if (!pending || isAnsweringPerson(input)) return null
  const { asks, order, request } = pending
  const reply = saidTo(pending, question)
  if (reply === 'no') return asks === 'order' ? null : { reply }
  if (!reply || asks !== 'confirm' || !order || !request || isEarly(input, pending)) return null
  return { reply, pending: { ...pending, order, request } }
}

/** "Cancel" says no to most questions, but nothing plain to the one whether to cancel. */
function saidTo({ kind }: PendingRequest, { asked, reply }: QuestionState['question']): 'yes' | 'no' | null {
  const words = asked.toLowerCase().replace(/[.!\s]+$/, '')
  const is = (name: 'yes' | 'no') =>
    (['en', 'de'] as const).some((language) => tellRequest(language, name).toLowerCase() === words)
  if (is('yes')) return 'yes'
  if (is('no') || LEFT.test(words)) return 'no'
  return kind === 'cancel' && /\b(?:cancel|abbrechen)\b/.test(words) ? null : reply
}

const LEFT = /^(?:(?:no|nein|ok|okay)[, ]+)?(?:leave it|forget it|lass(?:en sie)? es|vergiss es|vergessen sie es)$/

/** What is still to be said about a request stays with the conversation for the next message alone. */
export function holding(
  answer: AgentAnswer,
  pending: Omit<PendingRequest, 'language' | 'asked'>,
  asked: string | null = null,
): AgentAnswer {
  const request: PendingRequest = { ...pending, asked, language: answer.language === 'de' ? 'de' : 'en' }
  return { ...answer, memory: { ...answer.memory, request } }
}
