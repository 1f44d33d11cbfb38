import type { OrderCase } from '#domain/answer.ts'
import type { Order } from '#domain/order.ts'
import type { Language } from '#rag/understand/understanding.port.ts'
import type { QuestionState } from '../state.ts'
import { caseName, caseState, caseText, isWorthTelling } from './case-text.ts'
import { stateText } from './claim-phrases.ts'

/** More would hide the order. */
const SHOWN = 3
const DECIDED: ReadonlySet<OrderCase['state']> = new Set(['agreed', 'declined', 'done', 'closed'])

/** The cases on one order for its card. */
export function orderCases({ cases, at }: QuestionState['cases'], order: Order, language: Language): OrderCase[] {
  return cases
    .filter((one) => one.order === order.id && isWorthTelling(one))
    .slice(0, SHOWN)
    .map((one) => {
      const state = caseState(one)
      return {
        id: one.id,
        what: caseName(one, language),
        state,
        stateText: stateText(language, state),
        text: caseText(one, at, language),
        decidedBy: DECIDED.has(state) ? null : one.dueBy.toISOString(),
      }
    })
}
