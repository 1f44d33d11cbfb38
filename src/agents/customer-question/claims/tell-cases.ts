import type { Receipt } from '#domain/answer.ts'
import type { CaseDetail } from '#domain/approvals/case.ts'
import { answerOf } from '../answer-of.ts'
import { orderCard } from '../order-card.ts'
import type { QuestionState } from '../state.ts'
import { caseText } from './case-text.ts'
import { tell } from './claim-phrases.ts'

/** More would be read by nobody. */
const TOLD = 3

/** Says what became of the shopper's reports, or that there are none. */
export function tellCases(state: QuestionState) {
  const { question, cases, lookUp } = state
  const { language } = question
  const told = cases.cases.slice(0, TOLD)
  const receipts = caseReceipts(told, cases.at)
  if (told.length === 0)
    return { answer: answerOf(state, { outcome: 'answered', route: 'order', text: tell(language, 'none'), receipts }) }
  const of = (lookUp.outcome === 'found' ? lookUp.orders : []).filter(({ id }) =>
    told.some(({ order }) => order === id),
  )
  const orders = of.map((order) => orderCard(order, cases.at, language, cases))
  const text = told.map((one) => caseText(one, cases.at, language)).join('\n')
  return { answer: answerOf(state, { outcome: 'answered', route: 'order', text, orders, receipts }) }
}

export const caseReceipts = (cases: CaseDetail[], at: string): Receipt[] =>
  cases.map(({ id }) => ({ tool: 'case_look_up', subject: id, at }))
