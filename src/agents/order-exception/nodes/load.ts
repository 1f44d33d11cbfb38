import type { RunnableConfig } from '@langchain/core/runnables'
import type { Cases } from '#approvals/cases.port.ts'
import { runSignal } from '../../run-signal.ts'
import type { CaseState } from '../state.ts'

/** Reads the case; a resolved one leaves nothing to do. Throws what Cases.load throws. */
export function load(cases: Pick<Cases, 'load'>) {
  return async ({ shop, caseId }: CaseState, config: RunnableConfig) => {
    const row = await cases.load(shop, caseId, runSignal(config))
    if (!row || row.status === 'resolved') return { report: null }
    const { type, source, detail, data, openedAt, order, round, reports: seen } = row
    return {
      seen,
      report: { order, round, exception: { type, source, detail, data, detectedAt: openedAt.toISOString() } },
    }
  }
}
