import type { Selectable } from 'kysely'
import type { CaseRow } from '#domain/approvals/case.ts'
import { priorityOf, rankOf } from '#domain/approvals/priority.ts'
import type { ExceptionType } from '#domain/exceptions/exception-type.ts'
import { type CaseId, type IncidentId, orderId } from '#domain/ids.ts'
import type { Money } from '#domain/money.ts'
import type { ApprovalTables } from '../tables.ts'

export type StoredCase = Selectable<ApprovalTables['cases']>

export function readCase(row: StoredCase, now: Date): CaseRow {
  const atStake = readMoney(row.at_stake, row.currency)
  return {
    id: row.id as CaseId,
    type: row.type as ExceptionType,
    status: row.status,
    order: orderId(row.order_id),
    customerId: row.customer_id,
    incidentId: row.incident as IncidentId | null,
    source: row.source,
    detail: row.detail,
    data: row.data,
    openedAt: row.opened_at,
    changedAt: row.changed_at,
    dueBy: row.due_by,
    lookAgainAt: row.look_again_at,
    summary: row.summary,
    cause: row.cause,
    confidence: row.confidence,
    atStake,
    priority: priorityOf({ risk: row.risk, atStake, openedAt: row.opened_at, dueBy: row.due_by }, now),
    reason: row.reason,
    round: row.round,
    remindedAt: row.reminded_at,
    escalatedAt: row.escalated_at,
    reports: row.reports,
  }
}

/** The rank of a stored case with other money at stake. */
export function rankWith(row: Pick<StoredCase, 'risk' | 'opened_at' | 'due_by'>, atStake: Money | null): number {
  return rankOf({ risk: row.risk, atStake, openedAt: row.opened_at, dueBy: row.due_by })
}

export function readMoney(amount: string | null, currency: string | null): Money | null {
  return amount === null || currency === null ? null : { amount: Number(amount), currency }
}

/** Texts as they are found by: lower case, each whole and in its parts, each once. */
export function searchWords(texts: (string | null | undefined)[]): string[] {
  const words = texts.flatMap((text) => {
    const plain = (text ?? '').toLowerCase().trim()
    return plain === '' ? [] : [...plain.split(/\s+/), ...plain.split(/[^\p{L}\p{N}]+/u)]
  })
  return [...new Set(words.filter((word) => word !== '').map((word) => word.slice(0, 100)))]
}
