import type { ActionKind } from '../exceptions/action.ts'
import type { RememberedCase, RememberedOrder } from '../exceptions/remembered-case.ts'
import type { ProposalDraft } from './proposal.ts'

/** An action as far as it can be seen in the shop's systems afterwards. `amount`: minor units, of refunds alone. */
export type SeenAction = { kind: ActionKind; amount?: number }

/** Kinds that leave a mark on an order. */
const SEEN: ReadonlySet<ActionKind> = new Set([
  'refund',
  'cancel_order',
  'cancel_line',
  'hold_order',
  'release_hold',
  'retry_payment',
  'reship',
  'update_shipping_address',
])

/** Kinds that leave none, and only tell or ask somebody or change the case alone: what they go with is compared without them. */
const BESIDE: ReadonlySet<ActionKind> = new Set([
  'wait',
  'escalate',
  'close_exception',
  'notify_customer',
  'ask_customer',
  'request_address',
  'request_evidence',
  'request_payment_method',
  'open_carrier_trace',
  'file_carrier_claim',
  'chase_refund',
])

/**
 * What of a plan would be seen; nothing where a part of it that matters would not (a credit, a price, stock), so that half a plan is
 * never taken for the whole.
 */
export function seenOf(actions: ProposalDraft['actions']): SeenAction[] {
  if (actions.some(({ kind }) => !SEEN.has(kind) && !BESIDE.has(kind))) return []
  return actions
    .filter(({ kind }) => SEEN.has(kind))
    .map(({ kind, money }) => (kind === 'refund' && money ? { kind, amount: money.amount } : { kind }))
}

/** What was done to an order between two looks at it. Pure. */
export function doneBetween(
  { world: before }: RememberedCase,
  { world: after, exception }: RememberedCase,
): SeenAction[] {
  const [one, other] = [before.order, after.order]
  const isCancelled = other.status === 'cancelled' && one.status !== 'cancelled'
  const refunded = refundedIn(other) - refundedIn(one)
  const wasMoved = !isAtWish(one, exception.data) && isAtWish(other, exception.data)
  const done: [boolean, SeenAction][] = [
    [refunded > 0, { kind: 'refund', amount: refunded }],
    [isCancelled, { kind: 'cancel_order' }],
    [!isCancelled && unitsIn(other) < unitsIn(one), { kind: 'cancel_line' }],
    [other.status === 'on_hold' && one.status !== 'on_hold', { kind: 'hold_order' }],
    [one.status === 'on_hold' && other.status !== 'on_hold' && !isCancelled, { kind: 'release_hold' }],
    [one.paymentStatus === 'pending' && other.paymentStatus === 'captured', { kind: 'retry_payment' }],
    [replacements(after) > replacements(before), { kind: 'reship' }],
    [wasMoved, { kind: 'update_shipping_address' }],
  ]
  return done.flatMap(([isSo, action]) => (isSo ? [action] : []))
}

/** Whether the same was done as would have been: each kind, and of money the same sum. */
export function isSameDone(would: SeenAction[], did: SeenAction[]): boolean {
  const keyOf = ({ kind, amount }: SeenAction) => `${kind} ${amount ?? ''}`
  return would.map(keyOf).sort().join('\n') === did.map(keyOf).sort().join('\n')
}

const GONE = ['failed', 'cancelled', 'canceled', 'rejected']
const refundedIn = ({ refunds }: RememberedOrder) =>
  refunds
    .filter(({ status, pspStatus }) => !GONE.includes(pspStatus ?? status))
    .reduce((sum, { amount }) => sum + amount, 0)
const unitsIn = ({ lines }: RememberedOrder) => lines.reduce((sum, { qty }) => sum + qty, 0)
const replacements = ({ shipments }: RememberedCase['world']) =>
  shipments.filter(({ replaces }) => replaces !== undefined).length

/** The order goes where the report says that it should. */
function isAtWish(
  { shippingAddress }: RememberedOrder,
  { suggestion, customerAddress }: Record<string, unknown>,
): boolean {
  const here = JSON.stringify(shippingAddress)
  return [suggestion, customerAddress].some((wish) => wish !== undefined && JSON.stringify(wish) === here)
}
