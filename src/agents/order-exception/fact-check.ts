import type { FactCheck } from '#approvals/fact-check.port.ts'
import type { Proposals } from '#approvals/proposals.port.ts'
import type { ActionTools } from '#tools/action-tool.port.ts'
import { draftOf } from './draft.ts'
import type { StillSo } from './facts/still-so.ts'

/** Reads the world again for a decision; what moved is proposed anew before it returns. Throws as FactCheck says. */
export function factCheck({
  proposals,
  stillSo,
  tools,
}: {
  proposals: Pick<Proposals, 'propose' | 'standing'>
  stillSo: StillSo
  tools: ActionTools
}): FactCheck {
  return {
    async recheck(shop, caseId, signal) {
      const proposal = await proposals.standing(shop, caseId, signal)
      if (proposal?.state !== 'standing' && proposal?.state !== 'blocked') return { outcome: 'same' }
      const look = await stillSo(shop, caseId, proposal, signal)
      if (look.outcome === 'same') return { outcome: 'same' }
      if (look.outcome === 'moved') {
        const { investigation, plan } = look
        await proposals.propose(
          shop,
          draftOf(tools, { caseId, order: proposal.order, investigation, plan, summary: null }),
          signal,
        )
      }
      return { outcome: 'moved' }
    },
  }
}
