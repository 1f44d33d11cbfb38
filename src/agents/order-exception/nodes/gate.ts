import type { RunnableConfig } from '@langchain/core/runnables'
import type { Proposals } from '#approvals/proposals.port.ts'
import type { ActionTools } from '#tools/action-tool.port.ts'
import { runSignal } from '../../run-signal.ts'
import { draftOf } from '../draft.ts'
import type { CaseState } from '../state.ts'

/** Puts the plan before policy, which stores it and says who decides. Throws what Proposals.propose throws. */
export function gate(proposals: Pick<Proposals, 'propose'>, tools: ActionTools) {
  return async ({ shop, caseId, report, investigation, plan, summary }: CaseState, config: RunnableConfig) => {
    if (report === null) return { verdict: 'none' as const }
    const draft = draftOf(tools, { caseId, order: report.order, investigation, plan, summary })
    const proposed = await proposals.propose(shop, draft, runSignal(config))
    return 'verdict' in proposed ? { verdict: proposed.verdict } : { verdict: 'none' as const }
  }
}
