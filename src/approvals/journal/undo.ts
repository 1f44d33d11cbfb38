import type { ActionRow, NewAction } from '#db/approvals/locked/actions.port.ts'
import type { LockedCase, LockedCases } from '#db/approvals/locked/locked-case.port.ts'
import { type Actor, PURSER } from '#domain/approvals/proposal.ts'
import type { ActionId, ProposalId, ShopId } from '#domain/ids.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import type { Journal, UndoOutcome } from '../journal.port.ts'
import { budgetDay } from '../policy/budget-rules.ts'
import { cancel } from './cancel.ts'

/** See Journal.undo. */
export async function undo(
  cases: LockedCases,
  ids: Ids,
  shop: ShopId,
  id: ActionId,
  by: Actor,
  signal: AbortSignal,
): Promise<UndoOutcome> {
  const caseId = await cases.caseOfAction(shop, id, signal)
  if (!caseId) return { outcome: 'unknown_action' }
  const undone = await cases.inCase(shop, caseId, signal, async (one): Promise<UndoOutcome> => {
    const actions = await one.actions()
    const action = actions.find((candidate) => candidate.id === id)
    if (!action) return { outcome: 'unknown_action' }
    if (action.undoOf !== null) return { outcome: 'not_reversible', why: 'is_undo' }
    if (action.state === 'authorised') return callOff(one, actions, action, by)
    if (action.state === 'sending' || action.state === 'unknown') return { outcome: 'not_reversible', why: 'in_flight' }
    if (action.state === 'failed') return { outcome: 'not_reversible', why: 'failed' }
    if (action.state === 'undone') return { outcome: 'already_undone' }
    if (action.state === 'cancelled') return { outcome: 'cancelled', action }
    if (!action.reversible) return { outcome: 'not_reversible', why: 'irreversible' }
    const before = livingUndo(actions, id)
    if (before) return { outcome: 'undoing', undo: before }
    if (action.undoableUntil && action.undoableUntil <= one.now) return { outcome: 'not_reversible', why: 'too_late' }
    const row = undoRow(one, ids, action, `undo:${by.id}`)
    await one.insertActions([row])
    one.note({ by, what: 'undo_authorised', subject: id, details: { kind: action.kind, undo: row.id } })
    // The case is open work again, until what was done is taken back.
    if (one.row.status !== 'resolved') await one.change({ status: 'executing', reason: 'undone_by_person' })
    await one.knock('act', { shop, caseId })
    const made = (await one.actions()).find((candidate) => candidate.id === row.id)
    return made ? { outcome: 'undoing', undo: made } : { outcome: 'unknown_action' }
  })
  return undone ?? { outcome: 'unknown_action' }
}

/** See Journal.compensate. */
export async function compensate(
  cases: LockedCases,
  ids: Ids,
  shop: ShopId,
  proposal: ProposalId,
  why: string,
  signal: AbortSignal,
): ReturnType<Journal['compensate']> {
  const caseId = await cases.caseOfProposal(shop, proposal, signal)
  const made = caseId
    ? await cases.inCase(shop, caseId, signal, async (one) => {
        const actions = (await one.actions()).filter((action) => action.proposal === proposal)
        const own = actions.filter(({ undoOf }) => undoOf === null)
        for (const action of own) if (action.state === 'authorised') await cancel(one, action, { by: PURSER, why })
        const done = own.filter(({ state }) => state === 'succeeded').sort((a, b) => b.position - a.position)
        // What refused to be taken back once would refuse under every new key.
        const wasTried = ({ id }: ActionRow) => actions.some(({ undoOf }) => undoOf === id)
        const rows = done
          .filter((action) => action.reversible && !wasTried(action))
          .map((action) => undoRow(one, ids, action, `compensation:${why}`))
        await one.insertActions(rows)
        if (rows.length)
          one.note({
            by: PURSER,
            what: 'compensation_authorised',
            subject: proposal,
            details: { why, undo: rows.map(({ id, undoOf }) => ({ id, of: undoOf })) },
          })
        const undo = (await one.actions())
          .filter((action) => action.proposal === proposal && action.undoOf !== null)
          .sort((a, b) => b.position - a.position)
        const left = done.filter(
          (action) => !action.reversible || (wasTried(action) && !livingUndo(actions, action.id)),
        )
        return { undo, left }
      })
    : null
  return made ?? { undo: [], left: [] }
}

/** It never leaves, nor does anything of its proposal that has not left; a person has the case from here. */
async function callOff(one: LockedCase, actions: ActionRow[], action: ActionRow, by: Actor): Promise<UndoOutcome> {
  const waiting = actions.filter(
    ({ proposal, state, undoOf }) => proposal === action.proposal && state === 'authorised' && undoOf === null,
  )
  for (const each of waiting) await cancel(one, each, { by, why: 'called_off' })
  await one.change({ status: 'escalated', reason: 'called_off' })
  const cancelled = (await one.actions()).find(({ id }) => id === action.id)
  return { outcome: 'cancelled', action: cancelled ?? action }
}

function livingUndo(actions: ActionRow[], id: ActionId): ActionRow | undefined {
  return actions.find(({ undoOf, state }) => undoOf === id && state !== 'failed' && state !== 'cancelled')
}

function undoRow(one: LockedCase, ids: Ids, action: ActionRow, authorisedBy: string): NewAction {
  return {
    id: ids.make('act'),
    proposal: action.proposal,
    order: action.order,
    position: action.position,
    kind: action.kind,
    args: action.args,
    effect: `Take back: ${action.effect}`,
    money: null,
    reversible: false,
    reliedOn: [],
    authorisedBy,
    automatic: authorisedBy.startsWith('compensation:'),
    customerId: action.customerId,
    budgetDay: budgetDay(one.now),
    notBefore: one.now,
    undoOf: action.id,
    undoableUntil: null,
    authorisedAt: one.now,
  }
}
