import type { CaseStore } from '#db/approvals/cases/cases.port.ts'
import type { LockedCase, LockedCases } from '#db/approvals/locked/locked-case.port.ts'
import type { Actor, Decision, DecisionRequest, ProposedAction, StoredWord } from '#domain/approvals/proposal.ts'
import type { CaseId, ShopId } from '#domain/ids.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import type { ActionTerms, FactCheck } from '../fact-check.port.ts'
import type { DecideOutcome } from '../proposals.port.ts'
import { decideEdited, describeEdits } from './edit.ts'
import { isOpen, type Undecided, undecided } from './refusal.ts'

export type DecidingParts = { locked: LockedCases; cases: CaseStore; facts: FactCheck; terms: ActionTerms; ids: Ids }

/** See Proposals.decide. */
export async function decide(
  parts: DecidingParts,
  shop: ShopId,
  id: CaseId,
  request: DecisionRequest,
  by: Actor,
  signal: AbortSignal,
): Promise<DecideOutcome> {
  // Who may not decide anyway makes nobody read the world again.
  const look = await parts.locked.inCase(shop, id, signal, (one) => undecided(one, request, by))
  if (!look) return { outcome: 'unknown_case' }
  if ('refused' in look) return look.refused
  let edited: ProposedAction[] = []
  if (request.decision === 'approve' || request.decision === 'edit') {
    const checked = await parts.facts.recheck(shop, id, signal)
    if (checked.outcome === 'moved') return moved(parts, shop, id, request, signal)
  }
  if (request.decision === 'edit') {
    const described = await describeEdits(parts.terms, shop, look.proposal, request, signal)
    if ('problems' in described) return { outcome: 'edit_refused', problems: described.problems }
    edited = described.actions
  }
  const made = await parts.locked.inCase(shop, id, signal, async (one) => {
    const found = await undecided(one, request, by)
    if ('refused' in found) return found.refused
    return record(one, parts.ids, found, request, edited, by)
  })
  if (!made) return { outcome: 'unknown_case' }
  if (made.outcome !== 'recorded') return made
  const shown = await parts.cases.detail(shop, id, signal)
  return shown ? { outcome: 'decided', decision: made.decision, case: shown } : { outcome: 'unknown_case' }
}

async function record(
  one: LockedCase,
  ids: Ids,
  { proposal, ruling, approvals }: Undecided,
  request: DecisionRequest,
  edited: ProposedAction[],
  by: Actor,
): Promise<Exclude<DecideOutcome, { outcome: 'decided' }> | { outcome: 'recorded'; decision: Decision }> {
  const { decision, reasonCode, note } = request
  const final = decision !== 'approve' || approvals.length + 1 >= (ruling.fourEyes ? 2 : 1)
  const word: StoredWord = { ...request, id: ids.make('dec'), decision, by, final, at: one.now }
  if (decision === 'edit') {
    const refused = await decideEdited(one, ids, proposal, edited, by)
    if (refused) return refused
  }
  await one.insertDecision(proposal, word)
  one.note({
    by,
    what: WHAT[decision],
    subject: proposal.id,
    details: {
      decision: word.id,
      hash: proposal.hash,
      revision: proposal.revision,
      final,
      reasonCode: reasonCode ?? null,
      total: proposal.total,
    },
  })
  await one.change({ keywords: [by.name] })
  if (decision === 'approve' && final) {
    await one.setState(proposal.id, 'approved')
    await one.change({ status: 'executing', reason: null })
  }
  if (decision === 'reject') {
    await one.setState(proposal.id, 'rejected')
    // Nothing to do is how it ends; for any other reason somebody has to find out what is.
    await one.change({
      status: reasonCode === 'no_action_needed' ? 'resolved' : 'escalated',
      reason: `rejected:${reasonCode}`,
    })
  }
  if (decision === 'escalate') {
    await one.setState(proposal.id, 'escalated')
    await one.change({ status: 'escalated', reason: 'by_person' })
  }
  if (decision === 'ask') {
    await one.setState(proposal.id, 'sent_back')
    await one.change({ status: 'investigating', reason: 'question', round: one.row.round + 1 })
    await one.knock('triage', { shop: one.shop, caseId: one.row.id, why: 'question', decision: word.id })
  }
  if (final && one.row.status === 'executing') await one.knock('act', { shop: one.shop, caseId: one.row.id })
  const stored: Decision = {
    id: word.id,
    proposal: proposal.id,
    hash: proposal.hash,
    decision,
    by,
    reasonCode: reasonCode ?? null,
    note: note ?? null,
    final,
    at: one.now,
  }
  return { outcome: 'recorded', decision: stored }
}

const WHAT = {
  approve: 'approved',
  edit: 'approved_edited',
  reject: 'rejected',
  escalate: 'escalated_by_person',
  ask: 'sent_back',
} as const

/** The world is not what was shown: what stands now, unless somebody else has decided meanwhile. */
async function moved(
  parts: DecidingParts,
  shop: ShopId,
  id: CaseId,
  request: DecisionRequest,
  signal: AbortSignal,
): Promise<DecideOutcome> {
  const now = await parts.locked.inCase(shop, id, signal, async (one): Promise<DecideOutcome> => {
    const current = await one.current()
    const seen = await one.byHash(request.proposalHash)
    const word = seen && (await one.decisions(seen.id)).find(({ final }) => final)
    if (word) return { outcome: 'already_decided', decision: word }
    return { outcome: 'stale_proposal', proposal: current && isOpen(current) ? current : null }
  })
  return now ?? { outcome: 'unknown_case' }
}
