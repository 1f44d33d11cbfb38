import type { RunnableConfig } from '@langchain/core/runnables'
import type { Proposals } from '#approvals/proposals.port.ts'
import { runSignal } from '../../run-signal.ts'
import type { StillSo } from '../facts/still-so.ts'
import type { CaseState, Standing } from '../state.ts'

/** Whether what was decided still stands, and the world as it was shown. Throws a retryable Fault when a system is silent, and what Proposals.standing throws. */
export function revalidate(proposals: Pick<Proposals, 'standing'>, stillSo: StillSo) {
  return async ({ shop, caseId }: CaseState, config: RunnableConfig): Promise<{ standing: Standing }> => {
    const signal = runSignal(config)
    // The resume message is only a knock on the door; consent is what the decisions table says.
    const proposal = await proposals.standing(shop, caseId, signal)
    if (proposal?.state !== 'approved' && proposal?.state !== 'released') return { standing: { outcome: 'none' } }
    const isSame = (await stillSo(shop, caseId, proposal, signal)).outcome === 'same'
    return { standing: isSame ? { outcome: 'go', hash: proposal.hash } : { outcome: 'moved' } }
  }
}
