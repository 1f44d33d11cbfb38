import type { RunnableConfig } from '@langchain/core/runnables'
import type { ReportTool } from '#tools/report-exception.port.ts'
import { runSignal } from '../../run-signal.ts'
import { answerOf } from '../answer-of.ts'
import { readMemory } from '../memory.ts'
import { say } from '../phrases.ts'
import type { QuestionState } from '../state.ts'
import { caseText, momentText } from './case-text.ts'
import { tell, whatText } from './claim-phrases.ts'

/** Passes on what was confirmed, once per message however often it is answered, and says that it is requested. Throws what ReportTool throws. */
export function report(reports: ReportTool) {
  return async (state: QuestionState, config: RunnableConfig) => {
    const { input, question } = state
    const { language } = question
    const { claim } = readMemory(input.memory)
    if (!claim?.order) throw new TypeError('nothing was there to be confirmed')
    const { shop, customer, unlockedOrders, message } = input
    const { order, type, words } = claim
    const made = await reports.report(
      { shop, customer, unlockedOrders },
      { order, type, words, message },
      runSignal(config),
    )
    if (made.outcome === 'not_yours')
      return {
        answer: answerOf(state, {
          outcome: 'clarify',
          route: 'order',
          text: say(language, 'not_yours'),
          needs: 'order_proof',
        }),
      }
    const { case: one, at } = made
    // It may have moved on already, where it joined an open case or the run is a second one.
    const text =
      one.status === 'investigating'
        ? tell(language, 'reported', {
            order: one.order,
            what: whatText(language, type),
            due: momentText(one.dueBy, language),
          })
        : caseText(one, at, language)
    const receipts = [{ tool: 'report_exception', subject: one.id, at }]
    const answer = answerOf(state, { outcome: 'answered', route: 'order', text, receipts })
    return { answer: { ...answer, memory: { ...answer.memory, order: one.order, reported: one.order } } }
  }
}

/** Says that nothing was reported, as was wished. */
export function leaveIt(state: QuestionState) {
  return {
    answer: answerOf(state, { outcome: 'answered', route: 'order', text: tell(state.question.language, 'left') }),
  }
}
