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
import { inWords } from '../../signs/make-good.ts'
import { isCancelled, isFullyRefunded } from '../../signs/money-so-far.ts'

type Needs = 'order' | 'parcels' | 'payment'

/** A parcel the carrier cannot bring to the address on it. Source: docs/exceptions.md, carrier_exception_address. */
export const carrierExceptionAddress: Playbook<Needs> = {
  type: 'carrier_exception_address',
  needs: { order: { maxAgeMinutes: 15 }, parcels: { maxAgeMinutes: 60 }, payment: { maxAgeMinutes: 15 } },
  never: ['refund', 'credit', 'reship', 'cancel_order', 'release_hold'],
  ifNothing: 'The carrier sends the parcel back.',
  plan,
}

/** The first rule that holds decides. A new address counts when the customer gave it; how much may go there unseen is the order's total. */
function plan({ order, parcels, payment, exception, limits }: Known<Needs>): Plan {
  const parcel = parcelInQuestion(parcels, exception)
  const newest = parcel && newestSign(parcel)
  const at = `Newest scan ${newest?.event.at}`
  if (newest?.meaning === 'delivered')
    return settled({ cause: 'already_delivered', rule: 'carrier_exception_address.1', why: `${at}: delivered.` })
  if (isCancelled(order))
    return settled({ cause: 'already_cancelled', rule: 'general.4', why: 'The order is cancelled.' })
  if (isFullyRefunded(order, payment))
    return settled({ cause: 'already_refunded', rule: 'general.4', why: 'All money for the order went back.' })
  if (!newest)
    return handedUp({
      cause: 'parcel_unclear',
      rule: 'carrier_exception_address.0',
      why: 'No scan says which parcel is meant.',
    })

  if (newest.meaning === 'moving' || newest.meaning === 'out_for_delivery')
    return waiting(
      { cause: 'carrier_resolved', rule: 'carrier_exception_address.1', why: `${at}: moving again.` },
      null,
    )
  if (['returning', 'back_with_us', 'lost', 'ended', 'unknown'].includes(newest.meaning))
    return handedUp({
      cause: 'parcel_elsewhere',
      rule: 'carrier_exception_address.0',
      why: `${at} tells of no address any more.`,
    })

  const address = readAddress(exception.data.customerAddress)
  const asking = [action('request_address')]
  if (address === null || sameAddress(address, order.shippingAddress)) {
    const why = 'Nobody has given a better address; asking costs nothing.'
    return proposed({ cause: 'address_incomplete', rule: 'carrier_exception_address.3', why }, asking, true)
  }
  const redirect = [action('update_shipping_address', { address })]
  const total = { amount: order.total, currency: order.currency }
  const isAbroad = !sameCountry(address, order.shippingAddress)
  const finding = {
    cause: 'address_incomplete',
    rule: 'carrier_exception_address.2',
    why: isAbroad
      ? 'The customer’s address is in another country.'
      : `The customer gave an address in the same country; the order is worth ${inWords(total)}, redirected unseen up to ${inWords({ ...total, amount: limits.approvals.addressChangeAutoMax })}.`,
  }
  if (!isAbroad && total.amount <= limits.approvals.addressChangeAutoMax) return proposed(finding, redirect, true)
  return forApproval(finding, redirect, [asking])
}
