import type { CaseDetail, CaseRow } from '#domain/approvals/case.ts'
import type { Decision, Proposal } from '#domain/approvals/proposal.ts'

/** A case as the contract has it. */
export function caseBody(detail: CaseDetail) {
  const { evidence, proposal, actions, decisions } = detail
  return {
    ...caseRowBody(detail),
    evidence,
    proposal: proposal && proposalBody(proposal),
    actions: actions.map(({ undoableUntil, ...action }) => ({ ...action, undoableUntil: instant(undoableUntil) })),
    decisions: decisions.map(decisionBody),
  }
}

export function caseRowBody(row: CaseRow) {
  const { id, type, status, order, incidentId, source, detail, summary, cause, confidence, atStake, reason, priority } =
    row
  return {
    ...{ id, type, status, order, incidentId, source, detail, summary, cause, confidence, atStake, reason, priority },
    openedAt: row.openedAt.toISOString(),
    changedAt: row.changedAt.toISOString(),
    dueBy: row.dueBy.toISOString(),
    lookAgainAt: instant(row.lookAgainAt),
  }
}

export function proposalBody(proposal: Proposal) {
  const { hash, revision, state, actions, total, alternatives, otherwise, reliedOn, ruling } = proposal
  return {
    ...{ hash, revision, state, actions, total, alternatives, otherwise, reliedOn },
    rule: { ...ruling.rule, role: ruling.role, fourEyes: ruling.fourEyes },
    expiresAt: proposal.expiresAt.toISOString(),
    createdAt: proposal.createdAt.toISOString(),
  }
}

function decisionBody({ id, decision, hash, by, reasonCode, note, final, at }: Decision) {
  return { id, decision, hash, by, reasonCode, note, final, at: at.toISOString() }
}

function instant(time: Date | null): string | null {
  return time?.toISOString() ?? null
}
