import type { Selectable } from 'kysely'
import type { JudgementInputs } from '#domain/approvals/judgement.ts'
import type { Decision, RejectionReason } from '#domain/approvals/proposal.ts'
import type { ExceptionType } from '#domain/exceptions/exception-type.ts'
import { type CaseId, type DecisionId, orderId, type ProposalId } from '#domain/ids.ts'
import type { Role } from '#domain/roles.ts'
import type { DatabaseTransaction } from '../../database.ts'
import { readMoney } from '../cases/case-rows.ts'
import type { ApprovalTables } from '../tables.ts'
import type { NewProposal, StoredProposal } from './locked-case.port.ts'

export function readProposal(row: Selectable<ApprovalTables['proposals']>): StoredProposal {
  const { shown } = row
  return {
    id: row.id as ProposalId,
    caseId: row.case_id as CaseId,
    order: orderId(row.order_id),
    type: row.type as ExceptionType,
    revision: row.revision,
    hash: row.hash,
    contentHash: row.content_hash,
    state: row.state,
    summary: shown.summary,
    cause: shown.cause,
    confidence: shown.confidence,
    evidence: shown.evidence,
    actions: shown.actions,
    alternatives: shown.alternatives,
    reliedOn: shown.reliedOn,
    otherwise: shown.otherwise ?? null,
    total: readMoney(row.at_stake, row.currency),
    ruling: row.ruling,
    policyVersion: row.policy_version,
    inputs: row.inputs as JudgementInputs,
    draft: shown,
    proposedBy: row.proposed_by,
    editedFrom: row.edited_from as ProposalId | null,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }
}

export async function insertProposal(
  transaction: DatabaseTransaction,
  shop: string,
  type: string,
  proposal: NewProposal,
): Promise<void> {
  await transaction
    .insertInto('proposals')
    .values({
      shop,
      id: proposal.id,
      case_id: proposal.draft.caseId,
      order_id: proposal.draft.order,
      type,
      revision: proposal.revision,
      hash: proposal.hash,
      content_hash: proposal.contentHash,
      state: proposal.state,
      shown: JSON.stringify(proposal.draft),
      ruling: JSON.stringify(proposal.ruling),
      verdict: proposal.ruling.verdict,
      policy_version: proposal.policyVersion,
      inputs: JSON.stringify(proposal.inputs),
      at_stake: proposal.total?.amount ?? null,
      currency: proposal.total?.currency ?? proposal.draft.currency,
      proposed_by: JSON.stringify(proposal.proposedBy),
      edited_from: proposal.editedFrom,
      created_at: proposal.createdAt,
      expires_at: proposal.expiresAt,
    })
    .execute()
}

export function readDecision(row: Selectable<ApprovalTables['decisions']>): Decision {
  return {
    id: row.id as DecisionId,
    proposal: row.proposal as ProposalId,
    hash: row.hash,
    decision: row.decision,
    by: { id: row.by_id, name: row.by_name, role: row.by_role as Role | null },
    reasonCode: row.reason_code as RejectionReason | null,
    note: row.note,
    final: row.final,
    at: row.at,
  }
}
