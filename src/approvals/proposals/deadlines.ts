import type { LockedCases } from '#db/approvals/locked/locked-case.port.ts'
import type { DeadlineStep } from '#db/approvals/proposals/proposals.port.ts'
import { PURSER } from '#domain/approvals/proposal.ts'
import type { ProposalId, ShopId } from '#domain/ids.ts'
import { policyOf } from './judge.ts'

/** See Proposals.advance. */
export async function advance(
  cases: LockedCases,
  shop: ShopId,
  id: ProposalId,
  step: DeadlineStep,
  signal: AbortSignal,
): Promise<boolean> {
  const caseId = await cases.caseOfProposal(shop, id, signal)
  if (!caseId) return false
  const taken = await cases.inCase(shop, caseId, signal, async (one) => {
    const proposal = await one.byId(id)
    if (proposal?.state !== 'standing') return false
    const { row, now } = one
    if (step === 'reminder') {
      if (row.remindedAt) return false
      await one.change({ remindedAt: now })
    }
    if (step === 'escalation') {
      if (row.escalatedAt) return false
      await one.change({ escalatedAt: now })
    }
    if (step === 'fallback') {
      if (row.dueBy > now) return false
      await one.setState(id, 'expired')
      await one.change({ status: 'escalated', reason: 'deadline', lapsedAt: now })
      const { policy } = await policyOf(one)
      if (policy.deadlines.fallback === 'hold_order') await one.knock('act', { shop, caseId, why: 'deadline' })
    }
    if (step === 'expiry') {
      if (proposal.expiresAt > now) return false
      await one.setState(id, 'expired')
      await one.change({ status: 'investigating', reason: 'expired', round: row.round + 1 })
      await one.knock('triage', { shop, caseId, why: 'expired' })
    }
    one.note({ by: PURSER, what: `deadline_${step}`, subject: id, details: { dueBy: row.dueBy.toISOString() } })
    return true
  })
  return taken ?? false
}
