import type { RunnableConfig } from '@langchain/core/runnables'
import type { RequestTool } from '#tools/request-change.port.ts'
import { runSignal } from '../../run-signal.ts'
import { answerOf } from '../answer-of.ts'
import { caseState, caseText, momentText } from '../claims/case-text.ts'
import { say } from '../phrases.ts'
import type { QuestionState } from '../state.ts'
import { requestReply } from './request-in-hand.ts'
import { askFor, requestName, tellRequest } from './request-phrases.ts'

/** Passes on what was confirmed, once per message however often it is answered, and says that it is requested. Throws what RequestTool throws. */
export function makeRequest(requests: Pick<RequestTool, 'request'>) {
  return async (state: QuestionState, config: RunnableConfig) => {
    const { input, question } = state
    const { language } = question
    const answered = requestReply(state)
    if (answered?.reply !== 'yes') throw new TypeError('nothing was there to be confirmed')
    const { shop, customer, unlockedOrders, message } = input
    const { order, request, words } = answered.pending
    const made = await requests.request(
      { shop, customer, unlockedOrders },
      { order, request, words, message },
      runSignal(config),
    )
    if (made.outcome === 'not_yours') {
      const text = say(language, 'not_yours')
      return { answer: answerOf(state, { outcome: 'clarify', route: 'order', text, needs: 'order_proof' }) }
    }
    const { case: one, at } = made
    const how = caseText(one, at, language)
    const isDeclined = caseState(one) === 'declined'
    // It may have moved on already, where the run is a second one.
    const text =
      made.outcome === 'other_open' && !isDeclined
        ? tellRequest(language, 'other_open', { order: one.order }) + how
        : one.status === 'investigating'
          ? tellRequest(language, 'requested', {
              order: one.order,
              what: requestName(language, request.kind),
              due: momentText(one.dueBy, language),
            })
          : how
    const receipts = [{ tool: 'request_change', subject: one.id, at }]
    const options = isDeclined ? [askFor(language, 'person', {})] : []
    const answer = answerOf(state, { outcome: 'answered', route: 'order', text, options, receipts })
    return { answer: { ...answer, memory: { ...answer.memory, order: one.order, reported: one.order } } }
  }
}

/** Says that nothing was requested, as was wished. */
export function leaveRequest(state: QuestionState) {
  const text = tellRequest(state.question.language, 'left')
  return { answer: answerOf(state, { outcome: 'answered', route: 'order', text }) }
}
