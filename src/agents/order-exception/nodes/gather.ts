import type { RunnableConfig } from '@langchain/core/runnables'
import { runSignal } from '../../run-signal.ts'
import { type Investigators, investigate } from '../facts/investigate.ts'
import type { CaseState } from '../state.ts'

/** Asks the systems what the type's playbook needs to know. Throws what Policies.current throws; a silent system is a fact. */
export function gather(investigators: Investigators) {
  return async ({ shop, report }: CaseState, config: RunnableConfig) => {
    if (report === null) return {}
    return { investigation: await investigate(investigators, shop, report, runSignal(config)) }
  }
}
