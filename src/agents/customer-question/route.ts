import { type OrderId, orderId } from '#domain/ids.ts'
import { claimInHand, confirmation, earlyYes, saidAgain } from './claims/claim-in-hand.ts'
import { bare, readMemory, topicOf } from './memory.ts'
import { isElsewhere } from './requests/puts-right.ts'
import { requestInHand, requestReply } from './requests/request-in-hand.ts'
import type { QuestionState } from './state.ts'

/** Where a question goes once it is understood. */
export function routeOf(
  state: QuestionState,
):
  | 'handOver'
  | 'smallTalk'
  | 'lookUpOrder'
  | 'retrieve'
  | 'rephrase'
  | 'report'
  | 'leaveIt'
  | 'makeRequest'
  | 'leaveRequest' {
  const { input, question } = state
  const { route } = question.intent
  const confirmed = confirmation(state)
  if (confirmed) return confirmed.reply === 'yes' ? 'report' : 'leaveIt'
  const answered = requestReply(state)
  if (answered) return answered.reply === 'yes' ? 'makeRequest' : 'leaveRequest'
  if (saidAgain(state) || earlyYes(state) || requestInHand(state)) return 'lookUpOrder'
  if (route === 'unreadable') return readMemory(input.memory).unread < PATIENCE ? 'rephrase' : 'handOver'
  if (route === 'person') return 'handOver'
  if (route === 'order' || orderAskedOn(state)) return 'lookUpOrder'
  return route === 'knowledge' ? 'retrieve' : 'smallTalk'
}

/** Texts in a row that nothing can be made of, after which a person may find out more. */
const PATIENCE = 2

/**
 * Whether "When will it arrive?" goes on with the order told last, or the several: `named` is null for those. Null where it is a
 * question of its own.
 */
export function orderAskedOn({
  input,
  question,
}: Pick<QuestionState, 'input' | 'question'>): { named: OrderId | null } | null {
  const { order, several } = readMemory(input.memory)
  if (question.intent.route !== 'knowledge' || (!order && !several) || !ARRIVAL.test(question.asked)) return null
  return { named: order ? orderId(order) : null }
}

const ARRIVAL =
  /^(?:(?:and|so|ok|okay|but|und|also|aber)[ ,]+)*(?:(?:when|by when|how long|how soon|what time|wann|bis wann|wie lange|kommt)\b(?:(?=.*\b(?:it|they|them|this|that|those|order|orders|parcels?|packages?|delivery|es|sie|das|die|bestellung|paket|pakete|lieferung)\b)[^.!]{0,60}\b(?:arrives?|arriving|come|comes|coming|delivered|deliver|get here|be here|here|take|takes|ship|shipped|sent|ankommen|an|da|hier|kommt|kommen|dauert|dauern|geliefert|zugestellt|verschickt)\b[^.!]{0,20})?|arrives? when)[\s?!.]*$/iu

/** Where a question about an order goes once the order and its cases are looked up. */
export function orderRouteOf(
  state: QuestionState,
): 'tellOrder' | 'tellCases' | 'offerReport' | 'offerRequest' | 'retrieve' {
  const { intent } = state.question
  if (state.lookUp.outcome !== 'found') return 'tellOrder'
  if (requestInHand(state)) return isElsewhere(state) ? 'retrieve' : 'offerRequest'
  if (saidAgain(state) || (intent.route === 'order' && intent.asks === 'report_state')) return 'tellCases'
  return claimInHand(state) ? 'offerReport' : 'tellOrder'
}

/** Where it goes once it is judged: never to an answer below the threshold, never to a second question back on a topic or in a row. */
export function outcomeOf({
  input,
  question,
  composition,
  judgement,
  found,
}: QuestionState): 'answer' | 'clarify' | 'handOver' | 'rephrase' {
  const memory = readMemory(input.memory)
  const back = composition.clarification
  const askedBefore = memory.clarified || memory.failed === bare(question.text)
  if (back && !askedBefore && memory.openTopic !== topicOf(back)) return 'clarify'
  if (judgement.verdict.passed && judgement.candidate) return 'answer'
  return isNoWord(question, found) && memory.unread < PATIENCE ? 'rephrase' : 'handOver'
}

// `asdf`: a word or two, none of which the shop's content or the language has. A person could not make more of it either.
function isNoWord({ text, content }: QuestionState['question'], found: QuestionState['found']): boolean {
  const known = found.terms.some((term) => term.weight === 0 || term.documentFrequency > 0)
  return !known && content.length <= 2 && text.length <= 30
}
