import type { LockedCase, LockedCases, StoredProposal } from '#db/approvals/locked/locked-case.port.ts'
import type { CaseStatus } from '#domain/approvals/case.ts'
import type { JudgementInputs } from '#domain/approvals/judgement.ts'
import { type Actor, type ProposalDraft, type ProposalState, PURSER, type Ruling } from '#domain/approvals/proposal.ts'
import type { Verdict } from '#domain/exceptions/action.ts'
import type { ProposalId, ShopId } from '#domain/ids.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import { totalOf } from '../policy/amounts.ts'
import type { Proposed, ProposeOutcome } from '../proposals.port.ts'
import { contentHash, proposalHash } from './hashes.ts'
import { judge, policyOf, type VersionedPolicy } from './judge.ts'

const MINUTE = 60_000
const HOUR = 3_600_000
/** When a waiting case says no time to look again. */
const LOOK_AGAIN_AFTER = 6 * HOUR
const ON_THEIR_WAY = ['authorised', 'sending', 'unknown']
/** What a newer revision makes void. */
const VOIDED: ProposalState[] = ['standing', 'released', 'approved', 'waiting', 'blocked', 'sent_back', 'expired']
const STATES: Record<Verdict, { proposal: ProposalState; status: CaseStatus }> = {
  auto: { proposal: 'released', status: 'executing' },
  approval: { proposal: 'standing', status: 'awaiting_approval' },
  escalate: { proposal: 'blocked', status: 'escalated' },
  wait: { proposal: 'waiting', status: 'waiting' },
}

/** See Proposals.propose. */
export async function propose(
  cases: LockedCases,
  ids: Ids,
  shop: ShopId,
  draft: ProposalDraft,
  signal: AbortSignal,
): Promise<ProposeOutcome> {
  const proposed = await cases.inCase(shop, draft.caseId, signal, async (locked): Promise<ProposeOutcome> => {
    if (locked.row.status === 'resolved') return { outcome: 'closed' }
    if ((await locked.actions()).some(({ state }) => ON_THEIR_WAY.includes(state))) return { outcome: 'executing' }
    const before = await locked.current()
    // The world moved because it was acted on: what comes of that is looked at before anything else is planned.
    if (locked.row.status === 'executing' && before && (await acted(locked, before.id))) return { outcome: 'executing' }
    const policy = await policyOf(locked)
    const { inputs, ruling } = await judge(locked, policy, draft, before?.id ?? null)
    const known = before && (await unchanged(locked, before, draft, ruling, policy))
    return known ?? store(locked, ids, { draft, inputs, ruling, policy, by: PURSER, editedFrom: null })
  })
  return proposed ?? { outcome: 'unknown_case' }
}

/** The same plan once more: what is shown beside it is renewed, and what a person refused stays refused. */
async function unchanged(
  locked: LockedCase,
  before: StoredProposal,
  draft: ProposalDraft,
  ruling: Ruling,
  policy: VersionedPolicy,
): Promise<Proposed | null> {
  if (before.contentHash !== contentHash(draft)) return null
  const { id, hash, revision, expiresAt } = before
  const same = { outcome: 'same', id, hash, revision, expiresAt } as const
  if (before.state === 'rejected') {
    await locked.change({ status: 'escalated', reason: 'rejected_before', lookAgainAt: null })
    return { ...same, verdict: 'escalate', rule: before.ruling.rule }
  }
  // What was agreed to and tried is no consent to try again.
  if (before.state === 'approved' && (await acted(locked, id))) return null
  const holds =
    before.policyVersion === policy.version && before.ruling.verdict === ruling.verdict && before.expiresAt > locked.now
  if (before.state === 'approved' || (holds && before.state === STATES[ruling.verdict].proposal)) {
    if (before.state !== 'approved') await locked.renew(id, draft)
    const status = before.state === 'approved' ? 'executing' : STATES[ruling.verdict].status
    await locked.change({
      ...shown(draft),
      status,
      lookAgainAt: status === 'waiting' ? lookAgain(locked, draft) : null,
    })
    return { ...same, verdict: before.state === 'approved' ? 'approval' : ruling.verdict, rule: before.ruling.rule }
  }
  return null
}

/** Stores the next revision and moves the case by its verdict. For an edited form, `by` is who edited. */
export async function store(
  locked: LockedCase,
  ids: Ids,
  made: {
    draft: ProposalDraft
    inputs: JudgementInputs
    ruling: Ruling
    policy: VersionedPolicy
    by: Actor
    editedFrom: ProposalId | null
    state?: 'approved'
  },
): Promise<Proposed> {
  const { draft, inputs, ruling, policy, by, editedFrom } = made
  const newest = await locked.newest()
  if (newest && VOIDED.includes(newest.state) && !(await acted(locked, newest.id)))
    await locked.setState(newest.id, 'superseded')
  const revision = (newest?.revision ?? 0) + 1
  const id = ids.make('prp')
  const hash = proposalHash(draft, revision, policy.version)
  const total = totalOf(
    draft.actions.map(({ money }) => money),
    draft.currency,
  )
  const state = made.state ?? STATES[ruling.verdict].proposal
  const expiresAt = new Date(locked.now.getTime() + policy.policy.proposals.expireAfterMinutes * MINUTE)
  await locked.insertProposal({
    id,
    revision,
    hash,
    contentHash: contentHash(draft),
    state,
    draft,
    ruling,
    policyVersion: policy.version,
    inputs,
    total,
    proposedBy: by,
    editedFrom,
    createdAt: locked.now,
    expiresAt,
  })
  const status = made.state === 'approved' ? 'executing' : STATES[ruling.verdict].status
  await locked.change({
    ...shown(draft),
    status,
    atStake: total,
    reason: status === 'escalated' ? ruling.rule.id : null,
    lookAgainAt: status === 'waiting' ? lookAgain(locked, draft) : null,
    keywords: [...(draft.keywords ?? []), ruling.rule.id, draft.cause],
  })
  locked.note({
    by,
    what: editedFrom ? 'proposal_edited' : 'proposed',
    subject: id,
    details: {
      revision,
      hash,
      verdict: ruling.verdict,
      rule: ruling.rule.id,
      policy: policy.version,
      cause: draft.cause,
      kinds: draft.actions.map(({ kind }) => kind),
      total,
      ...(editedFrom ? { editedFrom } : {}),
    },
  })
  return { outcome: 'proposed', id, verdict: ruling.verdict, hash, revision, rule: ruling.rule, expiresAt }
}

function shown({ summary, cause, confidence, customerId }: ProposalDraft) {
  return { summary, cause, confidence, ...(customerId === null ? {} : { customerId }) }
}

function lookAgain(locked: LockedCase, { lookAgainAt }: ProposalDraft): Date {
  const named = lookAgainAt === null ? Number.NaN : Date.parse(lookAgainAt)
  return new Date(Number.isNaN(named) ? locked.now.getTime() + LOOK_AGAIN_AFTER : named)
}

async function acted(locked: LockedCase, id: ProposalId): Promise<boolean> {
  return (await locked.actions()).some(({ proposal }) => proposal === id)
}
