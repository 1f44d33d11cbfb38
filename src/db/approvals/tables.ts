import type { ColumnType, Generated } from 'kysely'
import type { ActionState, CaseStatus } from '#domain/approvals/case.ts'
import type { AutonomyLevel, Policy } from '#domain/approvals/policy.ts'
import type { Actor, DecisionKind, ProposalDraft, ProposalState, ReliedOn, Ruling } from '#domain/approvals/proposal.ts'
import type { Verdict } from '#domain/exceptions/action.ts'
import type { Json } from '../access/tables.ts'

/** Whole numbers beyond 32 bits, as `pg` gives them. */
type Big = ColumnType<string, number, number>
type MaybeBig = ColumnType<string | null, number | null, number | null>

export type ApprovalTables = {
  incidents: { shop: string; id: string; cause_key: string; reason: string; opened_at: Date }
  cases: {
    shop: string
    id: string
    order_id: string
    type: string
    status: CaseStatus
    customer_id: string | null
    source: string
    detail: string
    data: Json<Record<string, unknown>>
    incident: string | null
    cause_key: string | null
    opened_at: Date
    changed_at: Date
    due_by: Date
    look_again_at: Date | null
    summary: string
    cause: string | null
    confidence: number | null
    at_stake: MaybeBig
    currency: string | null
    risk: number
    rank: number
    reason: string | null
    round: Generated<number>
    words: string[]
    reminded_at: Date | null
    escalated_at: Date | null
    lapsed_at: Date | null
    forget: Generated<boolean>
    blanked_at: Date | null
    reports: Generated<number>
    erased_at: Date | null
  }
  case_reports: { shop: string; case_id: string; proof: string; source: string; detail: string; at: Date }
  proposals: {
    shop: string
    id: string
    case_id: string
    order_id: string
    type: string
    revision: number
    hash: string
    content_hash: string
    state: ProposalState
    shown: Json<ProposalDraft>
    ruling: Json<Ruling>
    verdict: Verdict
    policy_version: number
    inputs: Json<unknown>
    at_stake: MaybeBig
    currency: string
    proposed_by: Json<Actor>
    edited_from: string | null
    created_at: Date
    expires_at: Date
    settled_at: Date | null
  }
  decisions: {
    shop: string
    id: string
    proposal: string
    case_id: string
    type: string
    hash: string
    decision: DecisionKind
    by_id: string
    by_name: string
    by_role: string | null
    reason_code: string | null
    note: string | null
    final: boolean
    took_ms: number | null
    evidence_opened: number | null
    at: Date
  }
  actions: {
    shop: string
    id: string
    case_id: string
    proposal: string
    order_id: string
    type: string
    position: number
    kind: string
    args: Json<Record<string, unknown>>
    effect: string
    amount: MaybeBig
    currency: string | null
    reversible: boolean
    relied_on: Json<ReliedOn[]>
    state: ActionState
    authorised_by: string
    automatic: boolean
    customer_id: string | null
    budget_day: string
    not_before: Date
    sending_until: Date | null
    receipt: string | null
    happened_at: string | null
    why: string | null
    shows: boolean | null
    undo_of: string | null
    undoable_until: Date | null
    attempts: Generated<number>
    authorised_at: Date
    settled_at: Date | null
  }
  budget_uses: {
    shop: string
    day: string
    per: 'customer' | 'type' | 'shop'
    key: string
    currency: string
    automatic: Big
    total: Big
  }
  policy_versions: {
    shop: string
    version: number
    policy: Json<Policy>
    by: Json<Actor>
    note: string | null
    rolled_back_to: number | null
    at: Date
  }
  shadow_decisions: {
    shop: string
    case_id: string
    proposal: string
    type: string
    verdict: string
    would: Json<unknown>
    did: Json<unknown> | null
    agreed: boolean | null
    at: Date
    compared_at: Date | null
  }
  autonomy_levels: { shop: string; type: string; level: AutonomyLevel; by: Json<Actor>; why: string; at: Date }
  kill_switches: { shop: string; scope: string; is_on: boolean; reason: string; by: Json<Actor>; at: Date }
  audit_entries: {
    shop: string
    seq: Big
    at: string
    by_id: string
    by_name: string
    by_role: string | null
    what: string
    subject: string
    case_id: string | null
    details: string
    previous: string
    hash: string
  }
  audit_heads: { shop: string; seq: Big; hash: string }
}
