import type { RunnableConfig } from '@langchain/core/runnables'
import { runSignal } from '../../run-signal.ts'
import { carryOut, type Hands, type Progress } from '../acting/carry-out.ts'
import type { CaseState } from '../state.ts'

/** Has the journal authorise the actions within the budgets, then does them. After a crash it goes on from the journal. Throws what Journal and the tools throw. */
export function execute(hands: Hands) {
  return async ({ shop, caseId, standing }: CaseState, config: RunnableConfig): Promise<{ progress: Progress }> => {
    const signal = runSignal(config)
    if (standing.outcome !== 'go') return { progress: { outcome: 'refused', why: standing.outcome } }
    const authorised = await hands.journal.authorise(shop, caseId, standing.hash, signal)
    if (authorised.outcome !== 'authorised' && authorised.outcome !== 'again')
      return { progress: { outcome: 'refused', why: authorised.outcome } }
    const progress = await carryOut(hands, shop, caseId, signal)
    // What changes the case alone is not in the journal; how an older proposal ended is not how this one does.
    const isCaseAlone = authorised.actions.length === 0 && progress.outcome !== 'pending'
    return { progress: isCaseAlone ? { outcome: 'done' } : progress }
  }
}
