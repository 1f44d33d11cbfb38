import type { Gate } from '#rag/gate/gate.port.ts'
import type { QuestionState } from '../state.ts'

/** How sure the best answer is, and whether that is enough. */
export function judge(gate: Gate) {
  return ({ question, found, composition }: QuestionState) => ({ judgement: gate.judge(question, found, composition) })
}
