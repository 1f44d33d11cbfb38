import type { ActionTerms } from '#approvals/fact-check.port.ts'
import { Fault } from '#domain/fault.ts'
import type { ActionTools } from '#tools/action-tool.port.ts'
import type { CaseLookUps } from '#tools/case-look-ups.port.ts'
import { describeAction } from './draft.ts'

/** What an action an operator wrote would do, in the words of its tool. Throws a retryable Fault `agents.recheck.silent` when the order is not to be had now. */
export function actionTerms(tools: ActionTools, lookUps: Pick<CaseLookUps, 'order'>): ActionTerms {
  return {
    async describe(shop, order, action, signal) {
      const looked = await lookUps.order(shop, order, signal)
      if (looked.outcome === 'silent')
        throw new Fault({
          kind: 'retryable',
          code: 'agents.recheck.silent',
          message: 'The order system does not answer now; nothing was decided.',
          retryAfter: 30,
        })
      try {
        return { outcome: 'described', action: describeAction(tools, action, looked.value) }
      } catch (error) {
        if (!(error instanceof Fault) || error.kind !== 'user') throw error
        return { outcome: 'refused', problems: error.errors ?? [{ path: '', message: error.message }] }
      }
    },
  }
}
