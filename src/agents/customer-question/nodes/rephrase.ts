import { answerOf } from '../answer-of.ts'
import { say } from '../phrases.ts'
import type { QuestionState } from '../state.ts'

/** Asks once for other words where there was nothing to read; nobody is called for that. */
export function rephrase(state: QuestionState) {
  return {
    answer: answerOf(state, { outcome: 'clarify', route: 'smalltalk', text: say(state.question.speech, 'rephrase') }),
  }
}
