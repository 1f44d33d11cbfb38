import type { Refund } from '#domain/order.ts'
import { daysLater, timeOf } from '#domain/time/calendar.ts'
import {
  action,
  forApproval,
  handedUp,
  type Known,
  type Plan,
  type Playbook,
  proposed,
  settled,
  waiting,
} from '../../playbook.ts'
import { inWords } from '../../signs/make-good.ts'
import { knownRefunds, refundStatus, stillRefundable } from '../../signs/money-so-far.ts'

type Needs = 'order' | 'payment'

/** A refund the customer still waits for. Source: docs/exceptions.md, refund_pending_too_long. */
export const refundPendingTooLong: Playbook<Needs> = {
  type: 'refund_pending_too_long',
  needs: { order: { maxAgeMinutes: 15 }, payment: { maxAgeMinutes: 15 } },
  never: ['refund', 'credit', 'reship', 'cancel_order', 'release_hold'],
  ifNothing: 'The customer waits for money the shop believes it has sent.',
  plan,
}

/** The first rule that holds decides, by what the provider says. A refund under way is chased, never sent again; one that failed is sent again by a person's word alone. */
function plan(known: Known<Needs>): Plan {
  const [first, ...others] = inQuestion(known).map((refund) => planFor(refund, known))
  if (first === undefined)
    return handedUp({
      cause: 'no_refund',
      rule: 'refund_pending_too_long.0',
      why: 'Neither the order nor the provider knows of a refund.',
    })
  // With several refunds, the one that needs most decides; the others are looked at when its case is done.
  const need = ({ cause }: Plan) => NEEDS_LEAST_FIRST.indexOf(cause)
  return others.reduce((most, one) => (need(one) > need(most) ? one : most), first)
}

const NEEDS_LEAST_FIRST = ['refund_settled', 'refund_in_time', 'refund_overdue', 'refund_unclear', 'refund_failed']

function planFor(refund: Refund, { order, payment, limits, now }: Known<Needs>): Plan {
  const { id, amount, createdAt } = refund
  const money = inWords({ amount, currency: order.currency })
  const status = refundStatus(refund)
  if (status === 'succeeded')
    return settled({
      cause: 'refund_settled',
      rule: 'refund_pending_too_long.1',
      why: `The provider has paid ${money} out.`,
    })
  if (status === 'failed') {
    const finding = {
      cause: 'refund_failed',
      rule: 'refund_pending_too_long.2',
      why: `The provider could not pay ${money} out${refund.failure ? ` (${refund.failure})` : ''}.`,
    }
    if (payment.disputed || stillRefundable(order, payment).amount < amount)
      return handedUp({ ...finding, why: `${finding.why} The money went back another way, or is disputed.` })
    return forApproval(finding, [action('reissue_refund', { refundId: id, amount })])
  }
  if (status !== 'pending')
    return handedUp({
      cause: 'refund_unclear',
      rule: 'refund_pending_too_long.0',
      why: `The provider calls it ${status}, which nobody here knows.`,
    })

  const due = daysLater(createdAt, limits.refundOverdueDays)
  const why = `${money} under way since ${createdAt}; ${limits.refundOverdueDays} days are allowed.`
  if (timeOf(now) > timeOf(due))
    return proposed(
      { cause: 'refund_overdue', rule: 'refund_pending_too_long.3', why },
      [action('chase_refund', { refundId: id })],
      true,
    )
  return { ...waiting({ cause: 'refund_in_time', rule: 'refund_pending_too_long.3', why }, null), lookAgainAt: due }
}

/** The refund the report names, else those the order system still believes to be under way, else all. */
function inQuestion({ order, payment, exception }: Known<Needs>): Refund[] {
  const refunds = knownRefunds(order, payment)
  const named = refunds.filter(({ id }) => id === exception.data.refundId)
  if (named.length > 0) return named
  const believed = new Set(order.refunds.filter(({ status }) => status === 'pending').map(({ id }) => id))
  const open = refunds.filter((refund) => believed.has(refund.id) || refundStatus(refund) === 'pending')
  return open.length > 0 ? open : refunds
}
