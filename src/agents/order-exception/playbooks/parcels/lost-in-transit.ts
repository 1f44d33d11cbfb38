import { newestSign, parcelInQuestion } from '#domain/parcels/parcel-signs.ts'
import { daysLater, wholeDays } from '#domain/time/calendar.ts'
import { action, handedUp, type Known, type Plan, type Playbook, settled } from '../../playbook.ts'
import { isCancelledAndSquare, isFullyRefunded } from '../../signs/money-so-far.ts'
import { claimAndMakeGood } from './lost-parcel.ts'

type Needs = 'order' | 'parcels' | 'stock' | 'payment'

/** A parcel that seems gone. Source: docs/exceptions.md, lost_in_transit. */
export const lostInTransit: Playbook<Needs> = {
  type: 'lost_in_transit',
  needs: {
    order: { maxAgeMinutes: 15 },
    parcels: { maxAgeMinutes: 60 },
    stock: { maxAgeMinutes: 60 },
    payment: { maxAgeMinutes: 15 },
  },
  never: ['cancel_order', 'credit', 'release_hold'],
  ifNothing: 'The customer has neither goods nor money, and the time to claim from the carrier runs out.',
  plan,
}

/** The first rule that holds decides. Silence counts in days of 24 h from the newest scan. */
function plan(known: Known<Needs>): Plan {
  const { order, payment, exception, limits, now } = known
  const parcel = parcelInQuestion(known.parcels, exception)
  const newest = parcel && newestSign(parcel)
  if (!parcel || !newest)
    return handedUp({
      cause: 'parcel_unclear',
      rule: 'lost_in_transit.0',
      why: 'No scan says which parcel is lost, or when it was last seen.',
    })

  if (newest.meaning === 'delivered')
    return settled({ cause: 'already_delivered', rule: 'lost_in_transit.1', why: `Delivered ${newest.event.at}.` })

  if (newest.meaning === 'lost')
    return claimAndMakeGood(known, parcel, {
      cause: 'lost_declared',
      rule: 'lost_in_transit.2',
      why: `The carrier declared it lost ${newest.event.at}.`,
    })
  const silence = wholeDays(newest.event.at, now)
  const why = `No scan for ${silence} days; a parcel counts as lost after ${limits.lostAfterDays}.`
  if (silence >= limits.lostAfterDays)
    return claimAndMakeGood(known, parcel, { cause: 'lost_no_scan', rule: 'lost_in_transit.2', why })
  // Should the parcel be lost after all, that is found anew, and the carrier asked to pay.
  if (isFullyRefunded(order, payment))
    return settled({ cause: 'already_refunded', rule: 'general.4', why: 'All money for the order went back.' })
  if (isCancelledAndSquare(order, payment))
    return settled({
      cause: 'already_cancelled',
      rule: 'general.4',
      why: 'The order is cancelled, and nothing is owed.',
    })

  return {
    cause: 'silent_not_yet_lost',
    rule: 'lost_in_transit.3',
    verdict: 'wait',
    actions: [action('wait')],
    alternatives: [[action('open_carrier_trace', { shipmentId: parcel.id })]],
    why,
    lookAgainAt: daysLater(newest.event.at, limits.lostAfterDays),
  }
}
