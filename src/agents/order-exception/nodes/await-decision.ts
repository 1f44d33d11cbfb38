import { interrupt } from '@langchain/langgraph'
import type { CaseState } from '../state.ts'

/** Pauses until a person decides. Nothing else lives here: a resumed node runs again from its top. */
export function awaitDecision({ caseId }: CaseState) {
  interrupt({ decisionOn: caseId })
  return {}
}
