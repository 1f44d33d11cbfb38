import { readAddress } from '#domain/exceptions/facts.ts'
import { sameAddress, sameCountry, sameDoor } from '#domain/exceptions/same-address.ts'
import { isDelivered, isHandedOver } from '#domain/parcels/parcel-signs.ts'
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
import { inWords } from '../../signs/make-good.ts'
import { isCancelled, isFullyRefunded } from '../../signs/money-so-far.ts'

type Needs = 'order' | 'parcels' | 'payment'

/** An address that does not check out, before anything is sent there. Source: docs/exceptions.md, address_invalid. */
export const addressInvalid: Playbook<Needs> = {
  type: 'address_invalid',
  needs: { order: { maxAgeMinutes: 15 }, parcels: { maxAgeMinutes: 60 }, payment: { maxAgeMinutes: 15 } },
  never: ['refund', 'credit', 'reship', 'cancel_order', 'release_hold'],
  ifNothing: 'The parcel is sent to an address that does not exist, and comes back.',
  plan,
}

/** The first rule that holds decides. A suggestion counts from the shop's confidence on, in the same country, up to the total that may be redirected unseen. */
function plan({ order, parcels, payment, exception, limits }: Known<Needs>): Plan {
  const suggestion = readAddress(exception.data.suggestion)
  const isCorrected =
    suggestion &&
    (sameAddress(suggestion, order.shippingAddress) ||
      (suggestion.name === '' && sameDoor(suggestion, order.shippingAddress)))
  if (isCorrected)
    return settled({
      cause: 'already_corrected',
      rule: 'address_invalid.1',
      why: 'The order already has the suggested address.',
    })
  if (isCancelled(order))
    return settled({ cause: 'already_cancelled', rule: 'general.4', why: 'The order is cancelled.' })
  if (isFullyRefunded(order, payment))
    return settled({ cause: 'already_refunded', rule: 'general.4', why: 'All money for the order went back.' })
  if (parcels.length > 0 && parcels.every(isDelivered))
    return settled({ cause: 'already_delivered', rule: 'general.4', why: 'The order has been delivered.' })
  if (parcels.some(isHandedOver))
    return handedUp({
      cause: 'already_shipped',
      rule: 'address_invalid.0',
      why: 'The carrier has the parcel; the address on the order no longer decides.',
    })

  const confidence = typeof exception.data.confidence === 'number' ? exception.data.confidence : 0
  if (
    suggestion === null ||
    !sameCountry(suggestion, order.shippingAddress) ||
    confidence < limits.addressMinConfidence
  ) {
    const why =
      suggestion === null
        ? 'Nobody knows a better address.'
        : `The suggestion is ${confidence} sure, or in another country; ${limits.addressMinConfidence} is asked for.`
    const actions = [action('hold_order'), action('request_address')]
    return proposed({ cause: 'address_unverifiable', rule: 'address_invalid.3', why }, actions, true)
  }
  const total = { amount: order.total, currency: order.currency }
  const finding = {
    cause: 'address_typo',
    rule: 'address_invalid.2',
    why: `The suggestion is ${confidence} sure and in the same country; the order is worth ${inWords(total)}, changed unseen up to ${inWords({ ...total, amount: limits.approvals.addressChangeAutoMax })}.`,
  }
  const actions = [action('update_shipping_address', { address: suggestion })]
  return total.amount <= limits.approvals.addressChangeAutoMax
    ? proposed(finding, actions, true)
    : forApproval(finding, actions)
}
