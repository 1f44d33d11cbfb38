import type { RunnableConfig } from '@langchain/core/runnables'
import type { Journal } from '#approvals/journal.port.ts'
import { runSignal } from '../../run-signal.ts'
import { planCase } from '../plan-case.ts'
import { admitChoice } from '../planner/admit-choice.ts'
import type { Planner } from '../planner/planner.port.ts'
import { withoutRepeats } from '../repeats.ts'
import type { CaseState } from '../state.ts'

/** What the playbook makes of the facts, within it what a planner chose, without what this case has done already. Throws what Journal.ofCase and Planner.choose throw. */
export function plan(planner: Planner, journal: Pick<Journal, 'ofCase'>) {
  return async ({ shop, caseId, investigation }: CaseState, config: RunnableConfig) => {
    const signal = runSignal(config)
    const found = withoutRepeats(planCase(investigation), await journal.ofCase(shop, caseId, signal), investigation.now)
    const ways = [found.actions, ...found.alternatives]
    const choice = await planner.choose({ investigation, plan: found, ways }, signal)
    const admitted = admitChoice(found, choice)
    return { plan: admitted.plan, summary: admitted.summary }
  }
}
