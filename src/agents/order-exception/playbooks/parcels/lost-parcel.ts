import type { LineQuantity, Order, Shipment } from '#domain/order.ts'
import { action, handedUp, type Known, type Plan, proposed } from '../../playbook.ts'
import { inWords, makeGood, type Way, worthOf } from '../../signs/make-good.ts'

type Case = Known<'order' | 'parcels' | 'stock' | 'payment'>
type Finding = { cause: string; rule: string; why: string }

/** A parcel that will not arrive whole: the carrier is asked to pay, and the customer gets the units again, or the money. */
export function claimAndMakeGood(known: Case, parcel: Shipment, finding: Finding): Plan {
  const units = unitsIn(known.order, known.parcels, parcel)
  if (units === null) return handedUp({ ...finding, why: `${finding.why} No pack record says what was in it.` })
  const claim = action('file_carrier_claim', { shipmentId: parcel.id, amount: worthOf(known.order, units).amount })
  const good = makeGood(known, units)
  switch (good.outcome) {
    case 'unclear':
      return handedUp({ ...finding, why: `${finding.why} ${good.why}` })
    case 'nothing_owed':
      return proposed({ ...finding, why: `${finding.why} The money for it went back already.` }, [claim], true)
    case 'owed': {
      const [way, ...others] = good.ways
      const plan = proposed(
        { ...finding, why: `${finding.why} ${wayInWords(way)}` },
        [claim, way.action],
        way.withinLimit,
      )
      return { ...plan, alternatives: others.map((other) => [claim, other.action]) }
    }
  }
}

/** What was in a parcel: all of an order that travels in one, else what the pack record says; null where there is none. */
export function unitsIn(order: Order, parcels: Shipment[], parcel: Shipment): LineQuantity[] | null {
  if (parcels.length === 1) return order.lines.map(({ sku, qty }) => ({ sku, qty }))
  return parcel.lines ?? null
}

/** The way chosen and how it stands to the shop's limit, for the approver. */
export function wayInWords({ kind, value, withinLimit }: Way): string {
  const what = kind === 'reship' ? `Sending it again is worth ${inWords(value)}` : `The refund is ${inWords(value)}`
  return `${what}, ${withinLimit ? 'within' : 'above'} the limit for it.`
}
