import type { LockedCase, StoredProposal } from '#db/approvals/locked/locked-case.port.ts'
import type { Counters, Judged, JudgedFacts, JudgementInputs } from '#domain/approvals/judgement.ts'
import type { Policy } from '#domain/approvals/policy.ts'
import type { ProposalDraft, Ruling } from '#domain/approvals/proposal.ts'
import type { ProposalId } from '#domain/ids.ts'
import { budgetDay } from '../policy/budget-rules.ts'
import { decide } from '../policy/decide.ts'
import { carefulPolicy } from '../policy/default-policy.ts'

const DAY = 86_400_000

export type VersionedPolicy = { version: number; policy: Policy }

/** The shop's policy now; version 0 is the careful one of a shop that never set any. */
export async function policyOf(locked: LockedCase): Promise<VersionedPolicy> {
  return (await locked.policy()) ?? { version: 0, policy: carefulPolicy() }
}

/** What is counted besides a proposal, as it is now. */
export async function countersOf(
  locked: LockedCase,
  { policy }: VersionedPolicy,
  draft: Pick<ProposalDraft, 'order' | 'customerId'>,
  except: ProposalId | null,
): Promise<Counters> {
  const since = new Date(locked.now.getTime() - policy.splitDays * DAY)
  const day = budgetDay(locked.now)
  return locked.counters({ order: draft.order, customerId: draft.customerId, day, since, except })
}

/** A draft as policy sees it, and the ruling. */
export async function judge(
  locked: LockedCase,
  policy: VersionedPolicy,
  draft: ProposalDraft,
  except: ProposalId | null,
): Promise<{ inputs: JudgementInputs; ruling: Ruling }> {
  const judged: Judged = {
    type: locked.row.type,
    actions: draft.actions.map(({ kind, money, reversible }) => ({ kind, money, reversible })),
    confidence: draft.confidence,
    wants: draft.wants,
    ...(draft.fallback ? { fallback: true } : {}),
  }
  const facts: JudgedFacts = {
    now: locked.now.toISOString(),
    orderTotal: { amount: draft.orderTotal, currency: draft.currency },
    evidence: draft.evidence.map(({ source, observedAt }) => ({ source, observedAt })),
  }
  const counters = await countersOf(locked, policy, draft, except)
  return { inputs: { judged, facts, counters }, ruling: decide(policy, judged, facts, counters) }
}

/** The ruling on a stored proposal by the policy and the counters of now; what was known of the world stays as it was shown. */
export async function judgeAgain(locked: LockedCase, proposal: StoredProposal): Promise<Ruling> {
  const policy = await policyOf(locked)
  const counters = await countersOf(locked, policy, proposal.draft, proposal.id)
  return decide(policy, proposal.inputs.judged, proposal.inputs.facts, counters)
}
