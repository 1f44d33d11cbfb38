import type { Insertable, Selectable, Updateable } from 'kysely'
import type { ActionKind } from '#domain/exceptions/action.ts'
import type { ExceptionType } from '#domain/exceptions/exception-type.ts'
import { type ActionId, type CaseId, orderId, type ProposalId, shopId } from '#domain/ids.ts'
import { readMoney } from '../cases/case-rows.ts'
import type { ApprovalTables } from '../tables.ts'
import type { ActionRow, NewAction } from './actions.port.ts'

export function readAction(row: Selectable<ApprovalTables['actions']>): ActionRow {
  return {
    id: row.id as ActionId,
    shop: shopId(row.shop),
    caseId: row.case_id as CaseId,
    proposal: row.proposal as ProposalId,
    order: orderId(row.order_id),
    type: row.type as ExceptionType,
    position: row.position,
    kind: row.kind as ActionKind,
    args: row.args,
    effect: row.effect,
    money: readMoney(row.amount, row.currency),
    reversible: row.reversible,
    reliedOn: row.relied_on,
    state: row.state,
    authorisedBy: row.authorised_by,
    automatic: row.automatic,
    customerId: row.customer_id,
    budgetDay: row.budget_day,
    notBefore: row.not_before,
    sendingUntil: row.sending_until,
    receipt: row.receipt,
    happenedAt: row.happened_at,
    why: row.why,
    shows: row.shows,
    undoOf: row.undo_of as ActionId | null,
    undoableUntil: row.undoable_until,
    attempts: row.attempts,
    authorisedAt: row.authorised_at,
    settledAt: row.settled_at,
  }
}

export function actionColumns(
  action: NewAction,
  shop: string,
  caseId: string,
  type: string,
): Insertable<ApprovalTables['actions']> {
  return {
    shop,
    id: action.id,
    case_id: caseId,
    proposal: action.proposal,
    order_id: action.order,
    type,
    position: action.position,
    kind: action.kind,
    args: JSON.stringify(action.args),
    effect: action.effect,
    amount: action.money?.amount ?? null,
    currency: action.money?.currency ?? null,
    reversible: action.reversible,
    relied_on: JSON.stringify(action.reliedOn),
    state: 'authorised',
    authorised_by: action.authorisedBy,
    automatic: action.automatic,
    customer_id: action.customerId,
    budget_day: action.budgetDay,
    not_before: action.notBefore,
    undo_of: action.undoOf,
    undoable_until: action.undoableUntil,
    authorised_at: action.authorisedAt,
  }
}

/** Columns of what may change in a row of the journal; members left out stay as they are. */
export function actionChange(change: Partial<ActionRow>): Updateable<ApprovalTables['actions']> {
  const { state, sendingUntil, receipt, happenedAt, why, shows, undoableUntil, attempts, settledAt, notBefore } = change
  return {
    ...(state === undefined ? {} : { state }),
    ...(sendingUntil === undefined ? {} : { sending_until: sendingUntil }),
    ...(receipt === undefined ? {} : { receipt }),
    ...(happenedAt === undefined ? {} : { happened_at: happenedAt }),
    ...(why === undefined ? {} : { why }),
    ...(shows === undefined ? {} : { shows }),
    ...(undoableUntil === undefined ? {} : { undoable_until: undoableUntil }),
    ...(attempts === undefined ? {} : { attempts }),
    ...(settledAt === undefined ? {} : { settled_at: settledAt }),
    ...(notBefore === undefined ? {} : { not_before: notBefore }),
  }
}
