import { createHash } from 'node:crypto'
import { canonicalJson } from '#domain/approvals/canonical-json.ts'
import type { ProposalDraft } from '#domain/approvals/proposal.ts'

/** SHA-256 of exactly what is shown and approved: actions with arguments, effect and money, the order, the states relied on, the policy and the revision. */
export function proposalHash(draft: ProposalDraft, revision: number, policyVersion: number): string {
  const { order, reliedOn } = draft
  return sha256({ order, actions: shownActions(draft), reliedOn, revision, policyVersion })
}

/** The same for any revision: whether another plan says the same. */
export function contentHash(draft: ProposalDraft): string {
  const { order, cause, wants, reliedOn } = draft
  return sha256({ order, cause, wants, actions: shownActions(draft), reliedOn })
}

function shownActions({ actions }: ProposalDraft) {
  return actions.map(({ kind, args, effect, reversible, money }) => ({ kind, args, effect, reversible, money }))
}

function sha256(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex')
}
