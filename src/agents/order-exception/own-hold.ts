import { createHash } from 'node:crypto'
import type { JournalAction } from '#approvals/journal.port.ts'
import { canonicalJson } from '#domain/approvals/canonical-json.ts'
import type { Action } from '#domain/exceptions/action.ts'
import type { Investigation } from '#domain/exceptions/facts.ts'
import type { CaseId } from '#domain/ids.ts'
import type { Order, PostalAddress } from '#domain/order.ts'
import { action, type Plan } from './playbook.ts'
import { ASKING } from './repeats.ts'

/** What else is to be known for a hold to be released. */
export type HoldFacts = {
  caseId: CaseId
  /** The journal of the case. */
  done: JournalAction[]
  /** Other cases of the order are open: one of them may want it held too. */
  isWantedElsewhere: boolean
  isUsable(address: PostalAddress): boolean
}

/** Kinds after which the order goes nowhere, or that say themselves what becomes of the hold. */
const ENDS_HOLD = new Set<Action['kind']>(['hold_order', 'release_hold', 'cancel_order'])

/**
 * The rule of our own holds. A hold this case placed, by a receipt in its journal, and that is the one on the order now, is released with what ends
 * the case, or once the order has another address that looks right, because nothing else of Purser would ever release it. A hold
 * that a person, another system or another case placed is not ours to release, whatever a playbook finds. Where another case of
 * the order is open, or fraud is suspected, a person decides. Pure.
 */
export function withHoldReleased(plan: Plan, investigation: Investigation, facts: HoldFacts): Plan {
  const order = orderOf(investigation)
  const hold = order && ownHold(order, facts.done)
  if (!hold) return plan
  const { caseId, isWantedElsewhere, isUsable } = facts
  const type = investigation.exception.type
  const isCorrected =
    type === 'address_invalid' &&
    typeof hold.args.about === 'string' &&
    hold.args.about !== aboutOf(caseId, order) &&
    isUsable(order.shippingAddress)
  // Somebody put another address on the order, so what the playbook still asks for is answered.
  const ending = isCorrected && !endsCase(plan) && plan.cause === UNVERIFIABLE ? corrected(plan) : plan
  if (!endsCase(ending)) return plan
  const receipt = `The hold is our own (${hold.receipt}), and what it was for is over.`
  const isSuspect = type === 'fraud_hold' || (order.riskSignals ?? []).length > 0
  const needsPerson = ending.verdict === 'approval' || isWantedElsewhere || isSuspect
  const closing = ending.actions.filter(({ kind }) => kind === 'close_exception')
  const others = ending.actions.filter(({ kind }) => kind !== 'close_exception')
  return {
    ...ending,
    verdict: needsPerson ? 'approval' : 'auto',
    actions: [...others, action('release_hold'), ...closing],
    why: `${ending.why} ${receipt}${isWantedElsewhere ? ' Another case of the order is open, so a person decides.' : ''}`,
  }
}

/** The plan with its hold signed, so that it is known again on the order: by which case, why, and for which address. Pure. */
export function withHoldSigned(plan: Plan, investigation: Investigation, caseId: CaseId): Plan {
  const order = orderOf(investigation)
  const signed = (one: Action): Action => {
    if (one.kind !== 'hold_order' || order === null) return one
    const reason = `${plan.cause.replaceAll('_', ' ')}, ${caseId}`
    return { ...one, args: { ...one.args, reason, about: aboutOf(caseId, order) } }
  }
  const { actions, alternatives } = plan
  return { ...plan, actions: actions.map(signed), alternatives: alternatives.map((way) => way.map(signed)) }
}

const UNVERIFIABLE = 'address_unverifiable'

/** The newest hold of this case that stands on the order and that nobody took back, released or replaced by one of their own. */
function ownHold({ status, holdReason }: Order, done: JournalAction[]): JournalAction | null {
  if (status !== 'on_hold') return null
  const about = done.filter(({ kind, undoOf }) => undoOf === null && (kind === 'hold_order' || kind === 'release_hold'))
  const last = about.filter(({ state }) => state === 'succeeded').at(-1)
  return last?.kind === 'hold_order' && last.args.reason === holdReason ? last : null
}

/** Nothing of it waits, asks, holds or goes to a person: done, the case is over. */
function endsCase({ verdict, actions }: Plan): boolean {
  return (
    (verdict === 'auto' || verdict === 'approval') &&
    actions.length > 0 &&
    !actions.some(({ kind }) => ASKING.has(kind) || ENDS_HOLD.has(kind))
  )
}

function corrected(plan: Plan): Plan {
  return {
    cause: 'already_corrected',
    rule: plan.rule,
    why: 'The order has another address since it was held, and nothing is wrong with it.',
    verdict: 'auto',
    actions: [action('close_exception')],
    alternatives: [],
    lookAgainAt: null,
  }
}

function orderOf({ facts }: Investigation): Order | null {
  return facts.order?.outcome === 'known' ? facts.order.value : null
}

/** Says whether an address is the same, and nothing of it to who does not know both. */
function aboutOf(caseId: CaseId, { shippingAddress }: Order): string {
  return createHash('sha256')
    .update(canonicalJson([caseId, shippingAddress]))
    .digest('hex')
    .slice(0, 32)
}
