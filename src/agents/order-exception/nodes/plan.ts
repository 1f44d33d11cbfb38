import type { RunnableConfig } from '@langchain/core/runnables'
import { runSignal } from '../../run-signal.ts'
import { type PlanParts, planNow } from '../facts/plan-now.ts'
import { admitChoice } from '../planner/admit-choice.ts'
import type { Planner } from '../planner/planner.port.ts'
import type { CaseState } from '../state.ts'

/** What the playbook makes of the facts, within it what a planner chose, without what this case has done already. Throws what planNow and Planner.choose throw. */
export function plan(planner: Planner, parts: PlanParts) {
  return async ({ shop, caseId, report, investigation }: CaseState, config: RunnableConfig) => {
    if (report === null) return {}
    const signal = runSignal(config)
    const found = await planNow(parts, shop, { caseId, order: report.order, investigation }, signal)
    const ways = [found.actions, ...found.alternatives]
    const choice = await planner.choose({ investigation, plan: found, ways }, signal)
    const admitted = admitChoice(found, choice)
    return { plan: admitted.plan, summary: admitted.summary }
  }
}
