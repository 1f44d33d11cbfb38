import type { ExceptionType } from '#domain/exceptions/exception-type.ts'
import type { OrderId } from '#domain/ids.ts'
import type { Order } from '#domain/order.ts'
import type { AgentAnswer } from '../customer-question.port.ts'
import { type PendingClaim, readMemory } from '../memory.ts'
import type { QuestionState } from '../state.ts'

type Asked = Pick<QuestionState, 'input' | 'question'>

/** What this message reports: by itself, or by naming the order that was asked for. Null when it reports nothing. */
export function claimInHand({ input, question }: Asked): { type: ExceptionType; words: string } | null {
  const { intent, asked, orderNumber } = question
  const early = earlyYes({ input, question })
  if (early) return early
  if (intent.route !== 'order') return null
  if (intent.asks === 'report') return { type: intent.type, words: asked }
  const { claim } = readMemory(input.memory)
  const isOnlyNumber =
    orderNumber !== null && intent.asks === 'status' && asked.length <= orderNumber.length + NUMBER_WORDS
  return claim && claim.order === null && isOnlyNumber && !asked.includes('?') ? claim : null
}
/** "It is number NL-100234, thanks": room for what stands around a number. */
const NUMBER_WORDS = 24

/**
 * What this message says to the question whether to report: only a plain yes or no counts, and only straight after that question.
 * A person who wrote in between was answered, not the assistant.
 */
export function confirmation({ input, question }: Asked): { reply: 'yes' | 'no'; order: OrderId } | null {
  const { claim } = readMemory(input.memory)
  if (!claim?.order || !question.reply || isAnsweringPerson(input) || earlyYes({ input, question })) return null
  return { reply: question.reply, order: claim.order }
}

/** The report whose question a yes did not know yet, being written before it: it is asked about once more. */
export function earlyYes({ input, question }: Asked): PendingClaim | null {
  const { claim } = readMemory(input.memory)
  return claim?.order && question.reply === 'yes' && !isAnsweringPerson(input) && isEarly(input, claim) ? claim : null
}

/** Questions are stored at once and answered in turn: a text may be older than what it seems to answer. */
export const isEarly = ({ at }: Pick<QuestionState['input'], 'at'>, { asked }: { asked: string | null }): boolean =>
  asked === null || at.getTime() < Date.parse(asked)

/** The order whose report was just passed on, when the yes is said once more. */
export function saidAgain({ input, question }: Asked): OrderId | null {
  return question.reply === 'yes' && !isAnsweringPerson(input) ? readMemory(input.memory).reported : null
}

export const isAnsweringPerson = ({ history }: QuestionState['input']) =>
  history.findLast(({ role }) => role !== 'shopper')?.role === 'person'

/** What is about to be reported stays with the conversation for the next message alone. */
export function remembering(
  answer: AgentAnswer,
  claim: Omit<PendingClaim, 'language' | 'asked'>,
  asked: string | null = null,
): AgentAnswer {
  const pending: PendingClaim = { ...claim, asked, language: answer.language === 'de' ? 'de' : 'en' }
  return { ...answer, memory: { ...answer.memory, claim: pending } }
}

const OVER = ['cancelled', 'canceled', 'refunded', 'returned']
const STUCK = ['lost', 'exception']

/**
 * What a report means for this order, by what the order system says of it; null where it cannot be: nothing that was never sent
 * arrives broken. `at` is ISO 8601 UTC.
 */
export function typeFor(type: ExceptionType, order: Order, at: string): ExceptionType | null {
  if (type === 'refund_pending_too_long')
    return order.refunds.length > 0 || /refund/.test(order.paymentStatus) ? type : null
  const sent = order.shipments.length > 0 || order.status === 'delivered'
  if (OVER.includes(order.status) || !sent) return null
  if (type !== 'delivered_not_received_claim' && type !== 'lost_in_transit') return type
  if (order.status === 'delivered' || order.shipments.some(({ status }) => status === 'delivered'))
    return 'delivered_not_received_claim'
  if (type === 'lost_in_transit' || order.shipments.some(({ status }) => STUCK.includes(status)))
    return 'lost_in_transit'
  const due = order.shipments.map(({ eta }) => eta ?? order.promisedBy)
  return due.some((by) => Date.parse(by) < Date.parse(at)) ? 'carrier_delay' : null
}
