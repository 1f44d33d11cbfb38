import { answerOf } from '../answer-of.ts'
import { say } from '../phrases.ts'
import type { QuestionState } from '../state.ts'

/** A greeting, thanks, a goodbye, or text that is no question to this shop. No facts, so nothing to cite. */
export function smallTalk(state: QuestionState) {
  const { intent, speech } = state.question
  if (intent.route === 'smalltalk')
    return { answer: answerOf(state, { outcome: 'answered', route: 'smalltalk', text: say(speech, intent.kind) }) }
  return { answer: answerOf(state, { outcome: 'declined', route: 'smalltalk', text: say(speech, 'refuse') }) }
}
