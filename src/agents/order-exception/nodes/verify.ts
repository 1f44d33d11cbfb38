import type { RunnableConfig } from '@langchain/core/runnables'
import type { Proposals } from '#approvals/proposals.port.ts'
import { runSignal } from '../../run-signal.ts'
import { carryOut, type Hands, type Progress } from '../acting/carry-out.ts'
import { unseenEffects } from '../acting/unseen-effects.ts'
import type { CaseState } from '../state.ts'

/** Looks whether the target systems show what was done; what they do not show has the rest taken back, newest first. Throws what Journal, Proposals and the tools throw. */
export function verify(hands: Hands, proposals: Pick<Proposals, 'standing'>) {
  return async ({ shop, caseId, progress }: CaseState, config: RunnableConfig): Promise<{ progress: Progress }> => {
    const signal = runSignal(config)
    if (progress.outcome !== 'done') return { progress }
    const acted = await proposals.standing(shop, caseId, signal)
    const [unseen] = acted ? await unseenEffects(hands, shop, caseId, acted.id, signal) : []
    if (unseen === undefined) return { progress }
    const { left } = await hands.journal.compensate(shop, unseen.proposal, 'not_shown', signal)
    const undone = await carryOut(hands, shop, caseId, signal)
    if (undone.outcome === 'pending') return { progress: undone }
    return { progress: { outcome: 'failed', why: 'not_shown', left: left.map(({ kind }) => kind) } }
  }
}
