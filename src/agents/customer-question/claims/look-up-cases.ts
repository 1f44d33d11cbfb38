import type { RunnableConfig } from '@langchain/core/runnables'
import type { ReportTool } from '#tools/report-exception.port.ts'
import { runSignal } from '../../run-signal.ts'
import type { QuestionState } from '../state.ts'

/** What became of what was reported on the orders found. Throws what ReportTool throws. */
export function lookUpCases(reports: ReportTool) {
  return async ({ input, lookUp }: QuestionState, config: RunnableConfig) => {
    if (lookUp.outcome !== 'found') return { cases: { cases: [], at: input.at.toISOString() } }
    const { shop, customer, unlockedOrders } = input
    return { cases: await reports.casesOf({ shop, customer, unlockedOrders }, lookUp.orders, runSignal(config)) }
  }
}
