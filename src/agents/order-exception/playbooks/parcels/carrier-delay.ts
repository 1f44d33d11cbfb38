import { percentOf } from '#domain/money.ts'
import { newestSign, parcelInQuestion } from '#domain/parcels/parcel-signs.ts'
import { calendarDays, wholeDays } from '#domain/time/calendar.ts'
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
import { isCancelled, isFullyRefunded } from '../../signs/money-so-far.ts'
import { claimAndMakeGood } from './lost-parcel.ts'

type Needs = 'order' | 'parcels' | 'stock' | 'payment'

/** A parcel that will miss its promise, or has. Source: docs/exceptions.md, carrier_delay. */
export const carrierDelay: Playbook<Needs> = {
  type: 'carrier_delay',
  needs: {
    order: { maxAgeMinutes: 15 },
    parcels: { maxAgeMinutes: 60 },
    stock: { maxAgeMinutes: 60 },
    payment: { maxAgeMinutes: 15 },
  },
  never: ['cancel_order', 'cancel_line', 'release_hold', 'reissue_refund'],
  ifNothing: 'The customer waits without a word from the shop.',
  plan,
}

/** The first rule that holds decides. The delay counts in calendar days (UTC), silence in days of 24 h; the credit is rounded down. */
function plan(known: Known<Needs>): Plan {
  const { order, payment, limits, now, exception } = known
  const parcel = parcelInQuestion(known.parcels, exception)
  const newest = parcel && newestSign(parcel)
  // Without a scan the day the carrier names is all there is to go by.
  if (!parcel || (!newest && parcel.eta === undefined))
    return handedUp({
      cause: 'parcel_unclear',
      rule: 'carrier_delay.0',
      why: 'No scan says which parcel is late, or where it is.',
    })

  if (newest?.meaning === 'delivered')
    return settled({ cause: 'already_delivered', rule: 'carrier_delay.1', why: `Delivered ${newest.event.at}.` })

  const silence = newest ? wholeDays(newest.event.at, now) : 0
  if (silence >= limits.lostAfterDays) {
    const why = `No scan for ${silence} days; a parcel counts as lost after ${limits.lostAfterDays}.`
    return claimAndMakeGood(known, parcel, { cause: 'lost_no_scan', rule: 'carrier_delay.2', why })
  }
  if (isCancelled(order) || isFullyRefunded(order, payment))
    return settled({
      cause: 'already_refunded',
      rule: 'general.4',
      why: 'The order is cancelled, or all its money went back.',
    })

  // Where the carrier names no day, the parcel is late to this day at least.
  const late = calendarDays(order.promisedBy, parcel.eta ?? now)
  const why = `${late} calendar days late; the shop waits out ${limits.delay.noticeDays}.`
  if (late <= limits.delay.noticeDays)
    return waiting({ cause: 'late_within_tolerance', rule: 'carrier_delay.3', why }, parcel.eta ?? null)

  const credit = percentOf({ amount: order.total, currency: order.currency }, limits.delay.creditPct)
  const finding = {
    cause: 'late_over_tolerance',
    rule: 'carrier_delay.4',
    why: `${why} The credit of ${limits.delay.creditPct} % is ${inWords(credit)}.`,
  }
  const notice = action('notify_customer')
  if (credit.amount === 0) return proposed(finding, [notice], true)
  const actions = [notice, action('credit', { amount: credit.amount })]
  return credit.amount <= limits.approvals.creditAutoMax
    ? proposed(finding, actions, true)
    : forApproval(finding, actions)
}
