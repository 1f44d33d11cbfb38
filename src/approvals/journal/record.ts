import type { ActionRow } from '#db/approvals/locked/actions.port.ts'
import type { LockedCase, LockedCases } from '#db/approvals/locked/locked-case.port.ts'
import { PURSER } from '#domain/approvals/proposal.ts'
import type { ActionId, ShopId } from '#domain/ids.ts'
import type { Journal, Recorded } from '../journal.port.ts'
import { policyOf } from '../proposals/judge.ts'
import { giveBack } from './cancel.ts'

const HOUR = 3_600_000
/** The window in which errors of a type count together. */
const ERROR_WINDOW = 24 * HOUR

/** See Journal.record. */
export async function record(
  cases: LockedCases,
  shop: ShopId,
  id: ActionId,
  outcome: Recorded,
  signal: AbortSignal,
): ReturnType<Journal['record']> {
  const caseId = await cases.caseOfAction(shop, id, signal)
  if (!caseId) return { outcome: 'unknown_action' }
  const recorded = await cases.inCase(shop, caseId, signal, async (one) => {
    const find = async () => (await one.actions()).find((action) => action.id === id)
    const action = await find()
    if (!action) return { outcome: 'unknown_action' as const }
    if (action.state !== 'sending' && action.state !== 'unknown') {
      const again = saysTheSame(action, outcome)
      if (!again)
        one.note({
          by: PURSER,
          what: 'action_conflict',
          subject: id,
          details: { state: action.state, told: outcome.outcome },
        })
      return { outcome: again ? ('again' as const) : ('conflict' as const), action }
    }
    await settle(one, action, outcome)
    return { outcome: 'recorded' as const, action: (await find()) ?? action }
  })
  return recorded ?? { outcome: 'unknown_action' }
}

function saysTheSame(action: ActionRow, outcome: Recorded): boolean {
  if (outcome.outcome === 'succeeded')
    return ['succeeded', 'undone'].includes(action.state) && action.receipt === outcome.receipt
  // It was sent again meanwhile, or is about to be.
  if (outcome.outcome === 'failed' && outcome.why === NEVER_ARRIVED) return action.state === 'authorised'
  return outcome.outcome === 'failed' && action.state === 'failed'
}

/** The target system has no trace of the key: nothing happened, and the same key may be sent again. */
const NEVER_ARRIVED = 'never_arrived'

async function settle(one: LockedCase, action: ActionRow, outcome: Recorded): Promise<void> {
  const { id, kind, money } = action
  if (outcome.outcome === 'unknown') {
    // Nobody is at it any more: it may be asked for at once.
    await one.setAction(id, { state: 'unknown', sendingUntil: one.now })
    return one.note({ by: PURSER, what: 'action_unknown', subject: id, details: { kind } })
  }
  if (outcome.outcome === 'failed' && outcome.why === NEVER_ARRIVED) {
    await one.setAction(id, { state: 'authorised', sendingUntil: null })
    return one.note({ by: PURSER, what: 'action_never_arrived', subject: id, details: { kind } })
  }
  if (outcome.outcome === 'failed') {
    await one.setAction(id, {
      state: 'failed',
      why: outcome.why,
      sendingUntil: null,
      settledAt: one.now,
      undoableUntil: null,
    })
    await giveBack(one, action)
    one.note({ by: PURSER, what: 'action_failed', subject: id, details: { kind, why: outcome.why, money } })
    return demoteOnErrors(one)
  }
  const { policy } = await policyOf(one)
  const window = new Date(one.now.getTime() + policy.undo.windowHours * HOUR)
  const undoableUntil = action.reversible && action.undoOf === null ? window : null
  const { receipt, at } = outcome
  await one.setAction(id, {
    state: 'succeeded',
    receipt,
    happenedAt: at,
    sendingUntil: null,
    settledAt: one.now,
    undoableUntil,
  })
  one.note({
    by: PURSER,
    what: 'action_succeeded',
    subject: id,
    details: { kind, receipt, at, money, undoOf: action.undoOf },
  })
  if (action.undoOf === null) return
  const original = (await one.actions()).find((candidate) => candidate.id === action.undoOf)
  if (!original) return
  await one.setAction(original.id, { state: 'undone', settledAt: one.now, undoableUntil: null })
  await giveBack(one, original)
  await demoteOnErrors(one)
}

/** A type whose automatic actions go wrong falls back to suggesting, in the same transaction as the error that is one too many. */
async function demoteOnErrors(one: LockedCase): Promise<void> {
  const { policy } = await policyOf(one)
  const { type } = one.row
  const level = (await one.level()) ?? policy.autonomy.start[type]
  if (level !== 'auto') return
  const errors = await one.errorsSince(new Date(one.now.getTime() - ERROR_WINDOW))
  if (errors < policy.autonomy.demoteAtErrors) return
  await one.setLevel('suggest', PURSER, 'errors')
  one.note({
    by: PURSER,
    what: 'autonomy_set',
    subject: `type:${type}`,
    details: { level: 'suggest', why: 'errors', errors },
  })
}
