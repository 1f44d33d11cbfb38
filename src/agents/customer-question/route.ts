import { bare, readMemory, topicOf } from './memory.ts'
import type { QuestionState } from './state.ts'

/** Where a question goes once it is understood. */
export function routeOf({ question }: QuestionState): 'handOver' | 'smallTalk' | 'lookUpOrder' | 'retrieve' {
  const { route } = question.intent
  if (route === 'person') return 'handOver'
  if (route === 'order') return 'lookUpOrder'
  return route === 'knowledge' ? 'retrieve' : 'smallTalk'
}

/** Where it goes once it is judged: never to an answer below the threshold, never to a second question back on a topic or in a row. */
export function outcomeOf({
  input,
  question,
  composition,
  judgement,
}: QuestionState): 'answer' | 'clarify' | 'handOver' {
  const memory = readMemory(input.memory)
  const back = composition.clarification
  const askedBefore = memory.clarified || memory.failed === bare(question.text)
  if (back && !askedBefore && memory.openTopic !== topicOf(back)) return 'clarify'
  return judgement.verdict.passed && judgement.candidate ? 'answer' : 'handOver'
}
