import { answerOf } from '../answer-of.ts'
import type { QuestionState } from '../state.ts'

/** Asks back once, where one more word from the shopper settles it. */
export function clarify(state: QuestionState) {
  const { clarification } = state.composition
  if (!clarification) throw new TypeError('there was nothing to ask back')
  return {
    answer: answerOf(state, {
      outcome: 'clarify',
      route: 'knowledge',
      text: clarification.text,
      options: clarification.options,
    }),
  }
}
