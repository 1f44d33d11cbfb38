import type { RunnableConfig } from '@langchain/core/runnables'
import type { Cases } from '#approvals/cases.port.ts'
import { runSignal } from '../../run-signal.ts'
import { commonCause } from '../facts/common-cause.ts'
import type { CaseState } from '../state.ts'

/** Puts the case among those with the same cause: a hub, a carrier's day, a SKU. Throws what Cases.group throws. */
export function classify(cases: Pick<Cases, 'group'>) {
  return async ({ shop, caseId, investigation }: CaseState, config: RunnableConfig) => {
    const cause = commonCause(investigation)
    if (cause !== null) await cases.group(shop, caseId, cause, runSignal(config))
    return {}
  }
}
