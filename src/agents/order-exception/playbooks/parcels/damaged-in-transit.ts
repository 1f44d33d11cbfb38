import { hasEver, parcelInQuestion } from '#domain/parcels/parcel-signs.ts'
import { action, forApproval, handedUp, type Known, type Plan, type Playbook, proposed } from '../../playbook.ts'
import { makeGood } from '../../signs/make-good.ts'
import { isFullyRefunded } from '../../signs/money-so-far.ts'
import { claimAndMakeGood, unitsIn, wayInWords } from './lost-parcel.ts'

type Needs = 'order' | 'parcels' | 'stock' | 'payment'

/** Goods that were damaged on the way, by the carrier's record or by the customer's word. Source: docs/exceptions.md, damaged_in_transit. */
export const damagedInTransit: Playbook<Needs> = {
  type: 'damaged_in_transit',
  needs: {
    order: { maxAgeMinutes: 15 },
    parcels: { maxAgeMinutes: 60 },
    stock: { maxAgeMinutes: 60 },
    payment: { maxAgeMinutes: 15 },
  },
  never: ['cancel_order', 'credit', 'release_hold', 'close_exception'],
  ifNothing: 'The customer keeps broken goods, and the time to claim from the carrier runs out.',
  plan,
}

/** The first rule that holds decides. Pictures make a claim worth judging, never certain. */
function plan(known: Known<Needs>): Plan {
  const { order, parcels, payment, exception } = known
  const hurt = parcels.filter((parcel) => hasEver(parcel, 'damaged'))
  const parcel = hurt.length === 1 ? hurt[0] : parcelInQuestion(parcels, exception)
  const unclear = handedUp({
    cause: 'parcel_unclear',
    rule: 'damaged_in_transit.0',
    why: 'Nothing says which parcel is damaged.',
  })
  if (!parcel && hurt.length > 0) return unclear
  if (parcel && hurt.includes(parcel))
    return claimAndMakeGood(known, parcel, {
      cause: 'damaged_by_carrier',
      rule: 'damaged_in_transit.1',
      why: 'The carrier itself recorded the damage.',
    })
  if (isFullyRefunded(order, payment))
    return handedUp({
      cause: 'claim_after_refund',
      rule: 'general.5',
      why: 'All money for the order went back already.',
    })

  if (!(numberOf(exception.data.photos) > 0)) {
    const why = 'Only the customer’s word so far, and no pictures.'
    return proposed({ cause: 'damage_unproven', rule: 'damaged_in_transit.2', why }, [action('request_evidence')], true)
  }
  if (!parcel) return unclear
  const finding = {
    cause: 'damage_claimed_with_evidence',
    rule: 'damaged_in_transit.3',
    why: 'The customer sent pictures; the carrier recorded no damage.',
  }
  const units = unitsIn(order, parcels, parcel)
  const good = units && makeGood(known, units)
  if (good?.outcome !== 'owed')
    return handedUp({ ...finding, why: `${finding.why} The records do not say what is owed for it.` })
  const [way, ...others] = good.ways
  const alternatives = others.map((other) => [other.action])
  return forApproval({ ...finding, why: `${finding.why} ${wayInWords(way)}` }, [way.action], alternatives)
}

const numberOf = (value: unknown): number =>
  typeof value === 'number' ? value : Array.isArray(value) ? value.length : Number(value === true)
