import type { RunnableConfig } from '@langchain/core/runnables'
import type { Journal } from '#approvals/journal.port.ts'
import type { Proposals } from '#approvals/proposals.port.ts'
import { runSignal } from '../../run-signal.ts'
import type { StillSo } from '../facts/still-so.ts'
import type { CaseState } from '../state.ts'

/**
 * Whether what was decided still stands, and the world as it was shown, until the first of it has left: a countdown or a switch may
 * last. In a world that moved nothing of it leaves. Throws a retryable Fault when a system is silent, and what its ports throw.
 */
export function revalidate(
  proposals: Pick<Proposals, 'standing'>,
  journal: Pick<Journal, 'compensate'>,
  stillSo: StillSo,
) {
  return async (
    { shop, caseId }: CaseState,
    config: RunnableConfig,
  ): Promise<Pick<CaseState, 'standing'> & Partial<Pick<CaseState, 'seen'>>> => {
    const signal = runSignal(config)
    // The resume message is only a knock on the door; consent is what the decisions table says.
    const proposal = await proposals.standing(shop, caseId, signal)
    if (proposal?.state !== 'approved' && proposal?.state !== 'released') return { standing: { outcome: 'none' } }
    const look = await stillSo(shop, caseId, proposal, signal)
    if (look.outcome === 'same') {
      const standing = { outcome: 'go' as const, hash: proposal.hash }
      return look.seen === undefined ? { standing } : { standing, seen: look.seen }
    }
    await journal.compensate(shop, proposal.id, 'world_moved', signal)
    return { standing: { outcome: 'moved' } }
  }
}
