import type { LockedCase, StoredProposal } from '#db/approvals/locked/locked-case.port.ts'
import type { Actor, Decision, DecisionRequest, ProposalState, Ruling } from '#domain/approvals/proposal.ts'
import { isAtLeast, ROLES } from '#domain/roles.ts'
import { forbids } from '../policy/decide.ts'
import type { DecideOutcome } from '../proposals.port.ts'
import { judgeAgain } from './judge.ts'

const GOES_AHEAD = ['approve', 'edit']

export type Undecided = { proposal: StoredProposal; ruling: Ruling; approvals: Decision[] }
type Refusal = Exclude<DecideOutcome, { outcome: 'decided' }>

/**
 * Whether this word of this person may count now: the proposal they saw stands and is not too old, or was left to people; it was not
 * decided; and they may decide about so much, by the policy and the sums of now. The order's sums are locked until the transaction ends.
 */
export async function undecided(
  locked: LockedCase,
  request: DecisionRequest,
  by: Actor,
): Promise<{ refused: Refusal } | Undecided> {
  const { decision, proposalHash, reasonCode } = request
  const current = await locked.current()
  const seen = current?.hash === proposalHash ? current : await locked.byHash(proposalHash)
  if (!seen || seen.state === 'superseded') {
    const word = seen && (await locked.decisions(seen.id)).find(({ final }) => final)
    if (word) return { refused: { outcome: 'already_decided', decision: word } }
    return { refused: { outcome: 'stale_proposal', proposal: current && isOpen(current) ? current : null } }
  }
  const words = await locked.decisions(seen.id)
  const last = words.find(({ final }) => final)
  if (last || seen.state === 'released') return { refused: { outcome: 'already_decided', decision: last ?? null } }
  if (seen.state === 'expired') return { refused: { outcome: 'expired_proposal', expiredAt: seen.expiresAt } }
  // What Purser left to a person is a person's to decide, but for what nobody may do.
  if (!isOpen(seen)) return { refused: { outcome: 'stale_proposal', proposal: null } }
  if (by.role === null || !isAtLeast(by.role, 'agent')) return { refused: { outcome: 'role_required', role: 'agent' } }
  if (decision === 'reject' && !reasonCode) return { refused: { outcome: 'reason_required' } }
  if (!GOES_AHEAD.includes(decision)) return { proposal: seen, ruling: seen.ruling, approvals: [] }
  if (decision === 'approve' && !doesAnything(seen)) return { refused: NOTHING_PROPOSED }
  // What was left to people stays theirs, however old: nobody else looks at it again, and the world is read before it is approved.
  if (seen.state === 'standing' && seen.expiresAt <= locked.now)
    return { refused: { outcome: 'expired_proposal', expiredAt: seen.expiresAt } }
  await locked.lockOrder(seen.order)
  const ruling = stricter(seen.ruling, await judgeAgain(locked, seen))
  const approvals = words.filter((word) => word.decision === 'approve')
  // An edited form is judged by itself, when it is known.
  const fired = decision === 'edit' ? ruling.fired.filter(({ decision: is }) => is !== 'forbid') : ruling.fired
  const refused = mayNot({ ...ruling, fired }, by, { proposedBy: seen.proposedBy, approvals })
  return refused ? { refused } : { proposal: seen, ruling, approvals }
}

/** May still be decided: it stands, or policy and the rules left it to a person. */
export function isOpen({ state }: { state: ProposalState }): boolean {
  return state === 'standing' || state === 'blocked'
}

/** Handing a case to a person, or waiting, is nothing to agree to. */
function doesAnything({ actions }: StoredProposal): boolean {
  return actions.some(({ kind }) => kind !== 'escalate' && kind !== 'wait')
}

const NOTHING_PROPOSED: Refusal = {
  outcome: 'edit_refused',
  problems: [{ path: 'decision', message: 'Nothing is proposed that could be approved. Edit it, reject it or ask.' }],
}

/** Why this person may not let this through; null: they may. */
export function mayNot(
  ruling: Ruling,
  by: Actor,
  others: { proposedBy: Actor; approvals: Decision[] },
): Extract<Refusal, { outcome: 'forbidden' | 'role_required' | 'four_eyes' }> | null {
  const forbidden = forbids(ruling)
  if (forbidden) return { outcome: 'forbidden', rule: forbidden }
  if (by.role === null || !isAtLeast(by.role, ruling.role)) return { outcome: 'role_required', role: ruling.role }
  const known = [...(ruling.fourEyes ? [others.proposedBy.id] : []), ...others.approvals.map((word) => word.by.id)]
  return known.includes(by.id) ? { outcome: 'four_eyes' } : null
}

/** What was shown, or what holds now, whichever asks for more. */
function stricter(shown: Ruling, now: Ruling): Ruling {
  const role = ROLES.indexOf(shown.role) > ROLES.indexOf(now.role) ? shown.role : now.role
  return { ...now, role, fourEyes: shown.fourEyes || now.fourEyes }
}
