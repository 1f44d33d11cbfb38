import { answerOf } from '../answer-of.ts'
import { readMemory } from '../memory.ts'
import { say } from '../phrases.ts'
import type { QuestionState } from '../state.ts'

/** Asks for other words where there was nothing to read; nobody is called for that. */
export function rephrase(state: QuestionState) {
  const text = say(state.question.speech, 'rephrase')
  const answer = answerOf(state, { outcome: 'clarify', route: 'smalltalk', text })
  const unread = readMemory(state.input.memory).unread + 1
  return { answer: { ...answer, memory: { ...answer.memory, unread } } }
}
