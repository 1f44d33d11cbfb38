import { isTime, wholeDays } from '#domain/time/calendar.ts'
import {
  action,
  forApproval,
  handedUp,
  type Known,
  type Plan,
  type Playbook,
  proposed,
  settled,
} from '../../playbook.ts'
import { isCancelled, isFullyRefunded } from '../../signs/money-so-far.ts'

type Needs = 'order' | 'payment'

/** An order held because its payment did not come through. Source: docs/exceptions.md, payment_hold. */
export const paymentHold: Playbook<Needs> = {
  type: 'payment_hold',
  needs: { order: { maxAgeMinutes: 15 }, payment: { maxAgeMinutes: 15 } },
  never: ['refund', 'credit', 'reship', 'update_shipping_address'],
  ifNothing: 'The order stays on hold, and its stock stays reserved.',
  plan,
}

/** Declines that a later try may overcome. Source: docs/exceptions.md, payment_hold 4. */
const SOFT_DECLINES = new Set(['insufficient_funds', 'processor_unavailable', 'issuer_timeout'])

/** The first rule that holds decides. The hold's age counts in days of 24 h. */
function plan({ order, payment, exception, limits, now }: Known<Needs>): Plan {
  const risks = order.riskSignals ?? []
  const isPaid = payment.status === 'captured' && payment.captured >= order.total
  if (isCancelled(order))
    return isPaid
      ? handedUp({
          cause: 'cancelled_but_paid',
          rule: 'payment_hold.0',
          why: 'The order is cancelled, and the provider has taken the money.',
        })
      : settled({
          cause: 'already_cancelled',
          rule: 'general.4',
          why: 'The order is cancelled, and nothing was taken.',
        })
  if (isFullyRefunded(order, payment))
    return settled({ cause: 'already_refunded', rule: 'general.4', why: 'All money for the order went back.' })
  if (isPaid) {
    const finding = {
      cause: 'payment_recovered',
      rule: 'payment_hold.1',
      why: 'The provider has taken the money; only the hold is left.',
    }
    const release = [action('release_hold')]
    // What was held for fraud is another hold, and no release of one goes without a person; signals alone come after the money.
    return order.holdReason === 'fraud' ? forApproval(finding, release) : proposed(finding, release, true)
  }
  if (risks.length > 0)
    return handedUp({
      cause: 'payment_risk',
      rule: 'payment_hold.2',
      why: `The fraud service marked the order: ${risks.join(', ')}.`,
    })

  const { attempts, decline, heldSince } = exception.data
  const unclear = handedUp({
    cause: 'payment_unclear',
    rule: 'payment_hold.0',
    why: 'How often it was tried, why it failed or since when it is held is not known, or a part was taken.',
  })
  if (payment.captured > 0 || !isTime(heldSince) || wholeDays(heldSince, now) < 0) return unclear

  const held = wholeDays(heldSince, now)
  if (held >= limits.payment.cancelAfterDays) {
    const why = `Held for ${held} days; unpaid orders end after ${limits.payment.cancelAfterDays}.`
    return proposed({ cause: 'unpaid_expired', rule: 'payment_hold.3', why }, [action('cancel_order')], true)
  }
  // How often it was tried matters only where another try could help.
  if (typeof decline !== 'string') return unclear
  const isSoft = SOFT_DECLINES.has(decline)
  if (isSoft && !isCount(attempts)) return unclear
  if (isSoft && isCount(attempts) && attempts < limits.payment.retryMax) {
    const why = `Declined with ${decline} after ${attempts} of ${limits.payment.retryMax} tries.`
    return proposed({ cause: 'soft_decline', rule: 'payment_hold.4', why }, [action('retry_payment')], true)
  }
  const cause = isSoft ? 'retries_used_up' : 'hard_decline'
  const why = isSoft
    ? `All ${limits.payment.retryMax} tries are used up.`
    : 'The bank’s answer is final for this way of paying.'
  return proposed({ cause, rule: 'payment_hold.5', why }, [action('request_payment_method')], true)
}

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0
