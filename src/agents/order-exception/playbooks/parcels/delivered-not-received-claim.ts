import type { Shipment } from '#domain/order.ts'
import { hasEver, newestSign, parcelInQuestion } from '#domain/parcels/parcel-signs.ts'
import { action, forApproval, handedUp, type Known, type Plan, type Playbook, waiting } from '../../playbook.ts'
import { isSignedBy } from '../../signs/addresses.ts'
import { makeGood } from '../../signs/make-good.ts'
import { isFullyRefunded } from '../../signs/money-so-far.ts'
import { unitsIn, wayInWords } from './lost-parcel.ts'

type Needs = 'order' | 'parcels' | 'stock' | 'payment' | 'customer'

/** "It says delivered, and I have nothing." Always a person's judgement. Source: docs/exceptions.md, delivered_not_received_claim. */
export const deliveredNotReceivedClaim: Playbook<Needs> = {
  type: 'delivered_not_received_claim',
  needs: {
    order: { maxAgeMinutes: 15 },
    parcels: { maxAgeMinutes: 60 },
    stock: { maxAgeMinutes: 60 },
    payment: { maxAgeMinutes: 15 },
    customer: { maxAgeMinutes: 1_440 },
  },
  never: ['close_exception', 'cancel_order', 'credit', 'release_hold'],
  ifNothing: 'The customer has neither goods nor an answer, and turns to their bank.',
  plan,
}

/** The first rule that holds decides; no rule of this type lets anything happen without a person. */
function plan(known: Known<Needs>): Plan {
  const { order, parcels, payment, customer, limits, exception } = known
  const parcel = parcelInQuestion(parcels, exception)
  const newest = parcel && newestSign(parcel)
  const candidates = parcel ? [parcel] : parcels
  if (!candidates.some((one) => hasEver(one, 'delivered'))) {
    const why = newest
      ? `The carrier has not delivered it: newest scan ${newest.event.at}.`
      : 'No carrier has told of a delivery.'
    return waiting({ cause: 'not_delivered_yet', rule: 'delivered_not_received_claim.1', why }, parcel?.eta ?? null)
  }
  if (!parcel || !newest)
    return handedUp({
      cause: 'parcel_unclear',
      rule: 'delivered_not_received_claim.0',
      why: 'No scan says which parcel is meant.',
    })

  // After a delivery, only a scan that says where else the parcel is speaks against it.
  if (!['delivered', 'label', 'unknown'].includes(newest.meaning)) {
    const why = `The carrier has it again: newest scan ${newest.event.at}.`
    return waiting({ cause: 'not_delivered_yet', rule: 'delivered_not_received_claim.1', why }, parcel.eta ?? null)
  }
  if (isFullyRefunded(order, payment))
    return handedUp({
      cause: 'claim_after_refund',
      rule: 'delivered_not_received_claim.2',
      why: 'All money for the order went back already.',
    })

  const suspicious = { cause: 'claim_suspicious', rule: 'delivered_not_received_claim.3' }
  if (!(customer.priorClaims < limits.claims.escalateAtPriorClaims))
    return handedUp({
      ...suspicious,
      why: `${customer.priorClaims} claims before; from ${limits.claims.escalateAtPriorClaims} on a person looks.`,
    })
  if ((order.riskSignals ?? []).length > 0)
    return handedUp({ ...suspicious, why: `The fraud service marked the order: ${order.riskSignals?.join(', ')}.` })
  if (isSignedForByAddressee(parcel, order.shippingAddress.name))
    return handedUp({
      cause: 'claim_contradicted',
      rule: 'delivered_not_received_claim.3',
      why: 'The parcel was signed for in the addressee’s name.',
    })

  const finding = {
    cause: 'claim_plausible',
    rule: 'delivered_not_received_claim.4',
    why: `Delivered ${newest.event.at} by the carrier’s record; nothing speaks against the customer.`,
  }
  const units = unitsIn(order, parcels, parcel)
  const good = units && makeGood(known, units)
  if (good?.outcome !== 'owed')
    return handedUp({ ...finding, why: `${finding.why} The records do not say what is owed for it.` })
  const trace = action('open_carrier_trace', { shipmentId: parcel.id })
  const [way, ...others] = good.ways
  const alternatives = others.map((other) => [trace, other.action])
  return forApproval({ ...finding, why: `${finding.why} ${wayInWords(way)}` }, [trace, way.action], alternatives)
}

/** Names the carrier's record may hold a signature under. */
const SIGNATURES = ['signedBy', 'signed_by', 'signature', 'signatory', 'receivedBy', 'recipient', 'name']

function isSignedForByAddressee({ proofOfDelivery }: Shipment, addressee: string): boolean {
  const proof: unknown = proofOfDelivery
  if (typeof proof === 'string') return isSignedBy(proof, addressee)
  if (typeof proof !== 'object' || proof === null) return false
  const signatures = SIGNATURES.map((member) => (proof as Record<string, unknown>)[member])
  return signatures.some((signature) => typeof signature === 'string' && isSignedBy(signature, addressee))
}
