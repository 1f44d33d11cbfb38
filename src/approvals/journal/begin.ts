import type { ActionRow } from '#db/approvals/locked/actions.port.ts'
import type { LockedCase, LockedCases } from '#db/approvals/locked/locked-case.port.ts'
import { claimsWithoutReceipt } from '#domain/approvals/claims.ts'
import { PURSER } from '#domain/approvals/proposal.ts'
import type { ActionKind } from '#domain/exceptions/action.ts'
import type { ActionId, ShopId } from '#domain/ids.ts'
import type { BeginOutcome } from '../journal.port.ts'
import { cancel } from './cancel.ts'
import { stop, tightenedSince } from './still-allowed.ts'

/** How long one sender may take, ms: longer than any tool waits for an answer. After it the action is asked for by its key. */
export const SENDING_MS = 60_000

const LETTERS = new Set<ActionKind>([
  'notify_customer',
  'ask_customer',
  'request_address',
  'request_evidence',
  'request_payment_method',
])
const SETTLED_LATER = new Set<ActionKind>(['refund', 'reissue_refund'])
const OPEN = ['authorised', 'sending', 'unknown']

/** See Journal.begin. */
export async function begin(
  cases: LockedCases,
  shop: ShopId,
  id: ActionId,
  signal: AbortSignal,
): Promise<BeginOutcome> {
  const caseId = await cases.caseOfAction(shop, id, signal)
  if (!caseId) return { outcome: 'unknown_action' }
  const begun = await cases.inCase(shop, caseId, signal, async (one): Promise<BeginOutcome> => {
    const actions = await one.actions()
    const action = actions.find((candidate) => candidate.id === id)
    if (!action) return { outcome: 'unknown_action' }
    if (action.state === 'cancelled') return { outcome: 'cancelled', action }
    if (!OPEN.includes(action.state)) return { outcome: 'done', action }
    const undoOf = actions.find((candidate) => candidate.id === action.undoOf) ?? null
    if (action.state !== 'authorised') return settle(one, action, undoOf)
    const earlier = before(actions, action)
    const open = earlier.find(({ state }) => OPEN.includes(state))
    if (open) return { outcome: 'busy', until: open.sendingUntil ?? open.notBefore }
    // What came before did not happen, so what builds on it does not either.
    if (action.undoOf === null && earlier.some(({ state }) => state !== 'succeeded')) {
      await cancel(one, action, { by: PURSER, why: 'earlier_action_did_not_happen' })
      return { outcome: 'cancelled', action: await reread(one, action) }
    }
    if (action.undoOf === null && saysTooMuch(action, actions)) {
      await cancel(one, action, { by: PURSER, why: 'claim_without_receipt' })
      return { outcome: 'cancelled', action: await reread(one, action) }
    }
    const paused = await one.pausedBy(action.kind)
    if (paused) return { outcome: 'paused', ...paused }
    if (action.notBefore > one.now) return { outcome: 'not_yet', at: action.notBefore }
    const rule = action.undoOf === null ? await tightenedSince(one, action, actions) : null
    if (rule) {
      await stop(one, action, actions, rule)
      return { outcome: 'cancelled', action: await reread(one, action) }
    }
    const until = new Date(one.now.getTime() + SENDING_MS)
    const attempts = action.attempts + 1
    await one.setAction(id, { state: 'sending', sendingUntil: until, attempts })
    one.note({ by: PURSER, what: 'action_sending', subject: id, details: { kind: action.kind, attempt: attempts } })
    return { outcome: 'go', action: await reread(one, action), until, undoOf }
  })
  return begun ?? { outcome: 'unknown_action' }
}

/** A letter that tells of something as done that no receipt of this case shows: it is not sent, whoever worded it. */
function saysTooMuch({ kind, args }: ActionRow, actions: ActionRow[]): boolean {
  if (!LETTERS.has(kind) || typeof args.text !== 'string') return false
  const done = actions
    .filter(({ state }) => state === 'succeeded')
    // A provider that took a refund has not made it yet.
    .map((action) => ({ ...action, confirmed: !SETTLED_LATER.has(action.kind) || action.shows === true }))
  return claimsWithoutReceipt(args.text, done).length > 0
}

/** Whoever was sending has stopped, or no answer came: one caller at a time asks what became of it. */
async function settle(one: LockedCase, action: ActionRow, undoOf: ActionRow | null): Promise<BeginOutcome> {
  if (action.sendingUntil && action.sendingUntil > one.now) return { outcome: 'busy', until: action.sendingUntil }
  const until = new Date(one.now.getTime() + SENDING_MS)
  await one.setAction(action.id, { sendingUntil: until })
  one.note({ by: PURSER, what: 'action_asked_for', subject: action.id, details: { kind: action.kind } })
  return { outcome: 'settle', action: await reread(one, action), until, undoOf }
}

/** Actions of the same proposal that come first: by position, or for undoing, the later ones. */
function before(actions: ActionRow[], action: ActionRow): ActionRow[] {
  return actions.filter(
    ({ proposal, undoOf, position, id }) =>
      proposal === action.proposal &&
      id !== action.id &&
      (action.undoOf === null
        ? undoOf === null && position < action.position
        : undoOf !== null && position > action.position),
  )
}

async function reread(one: LockedCase, { id }: ActionRow): Promise<ActionRow> {
  const found = (await one.actions()).find((action) => action.id === id)
  if (!found) throw new Error('an action is never removed')
  return found
}
