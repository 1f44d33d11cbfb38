import { interrupt } from '@langchain/langgraph'
import type { CaseState } from '../state.ts'

/** Pauses until an action may leave or its answer is known: a countdown, a switch, a silent system. */
export function awaitTurn({ caseId }: CaseState) {
  interrupt({ turnOf: caseId })
  return {}
}
