import { readAddress } from '#domain/exceptions/facts.ts'
import { sameAddress, sameCountry } from '#domain/exceptions/same-address.ts'
import { newestSign, parcelInQuestion } from '#domain/parcels/parcel-signs.ts'
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
import { inWords, makeGood, worthOf } from '../../signs/make-good.ts'
import { isCancelled, isCancelledAndSquare, isFullyRefunded } from '../../signs/money-so-far.ts'
import { CANCELLED_BUT_PAID, unitsIn, wayInWords } from './lost-parcel.ts'

type Needs = 'order' | 'parcels' | 'payment'

/** A parcel on its way back to us, or back. Source: docs/exceptions.md, return_to_sender. */
export const returnToSender: Playbook<Needs> = {
  type: 'return_to_sender',
  needs: { order: { maxAgeMinutes: 15 }, parcels: { maxAgeMinutes: 60 }, payment: { maxAgeMinutes: 15 } },
  never: ['cancel_order', 'credit', 'release_hold'],
  ifNothing: 'The goods lie on the dock while the customer has neither them nor the money.',
  plan,
}

/** The first rule that holds decides. Only a scan at our own dock says that it is back; what was on sale there is not needed, the goods themselves go out again. */
function plan(known: Known<Needs>): Plan {
  const { order, parcels, payment, exception } = known
  const parcel = parcelInQuestion(parcels, exception)
  const newest = parcel && newestSign(parcel)
  if (!parcel || !newest)
    return handedUp({ cause: 'parcel_unclear', rule: 'return_to_sender.0', why: 'No scan says which parcel is meant.' })

  if (newest.meaning === 'delivered')
    return settled({
      cause: 'already_delivered',
      rule: 'return_to_sender.1',
      why: `Delivered to the customer ${newest.event.at}.`,
    })
  if (isFullyRefunded(order, payment))
    return settled({
      cause: 'already_refunded',
      rule: 'return_to_sender.2',
      why: 'All money for the order went back, or is on its way.',
    })
  if (isCancelledAndSquare(order, payment))
    return settled({
      cause: 'already_cancelled',
      rule: 'general.4',
      why: 'The order is cancelled, and nothing is owed.',
    })
  if (newest.meaning !== 'back_with_us') {
    const why = `Newest scan ${newest.event.at}; nothing is back on our dock yet.`
    return waiting({ cause: 'returning', rule: 'return_to_sender.3', why }, null, [[action('request_address')]])
  }
  const units = unitsIn(order, parcels, parcel)
  const address = readAddress(exception.data.customerAddress)
  const finding = { cause: 'returned_to_dock', rule: 'return_to_sender.4', why: `Back on our dock ${newest.event.at}.` }
  if (units === null) return handedUp({ ...finding, why: `${finding.why} No pack record says what was in it.` })
  if (isCancelled(order)) return handedUp({ ...finding, why: `${finding.why} ${CANCELLED_BUT_PAID}` })
  return address === null ? refundIt(known, units, finding) : sendAgain(known, units, address, finding)
}

/** To the customer's new address: nothing unseen above either limit, nothing unseen into another country. */
function sendAgain(
  { order, payment, limits }: Known<Needs>,
  units: { sku: string; qty: number }[],
  address: NonNullable<ReturnType<typeof readAddress>>,
  finding: Finding,
): Plan {
  // The goods are here, so no shelf has to cover them: one place with just these units stands for the dock.
  const stock = units.map(({ sku, qty }) => ({ sku, location: 'dock', onHand: qty, reserved: 0 }))
  const good = makeGood({ order, payment, limits, stock }, units)
  const way = good.outcome === 'owed' ? good.ways.find(({ kind }) => kind === 'reship') : undefined
  if (sameAddress(address, order.shippingAddress) || way === undefined)
    return handedUp({
      ...finding,
      why: `${finding.why} The address is the one that failed, or part of the money went back.`,
    })
  const actions = [action('update_shipping_address', { address }), way.action]
  const isAbroad = !sameCountry(address, order.shippingAddress)
  const why = `${finding.why} The customer gave a new address${isAbroad ? ' in another country' : ''}; the goods are worth ${inWords(worthOf(order, units))}.`
  const isSmall = order.total <= limits.approvals.addressChangeAutoMax && way.withinLimit
  return isSmall && !isAbroad ? proposed({ ...finding, why }, actions, true) : forApproval({ ...finding, why }, actions)
}

function refundIt(
  { order, payment, limits }: Known<Needs>,
  units: { sku: string; qty: number }[],
  finding: Finding,
): Plan {
  // Without an address nothing goes out again, whatever lies on the shelf.
  const stock = units.map(({ sku }) => ({ sku, location: 'dock', onHand: 0, reserved: 0 }))
  const good = makeGood({ order, payment, limits, stock }, units)
  if (good.outcome !== 'owed')
    return handedUp({ ...finding, why: `${finding.why} The records do not say what is owed for it.` })
  const [way] = good.ways
  const why = `${finding.why} No new address is known. ${wayInWords(way)}`
  return proposed({ ...finding, why }, [way.action], way.withinLimit)
}

type Finding = { cause: string; rule: string; why: string }
