import type { LineQuantity, Order, Shipment } from '#domain/order.ts'
import { action, handedUp, type Known, type Plan, proposed } from '../../playbook.ts'
import { inWords, makeGood, type Way, worthOf } from '../../signs/make-good.ts'
import { isCancelled, isCancelledAndSquare } from '../../signs/money-so-far.ts'

type Case = Known<'order' | 'parcels' | 'stock' | 'payment'>
/** Nothing goes to a customer who cancelled, and what they paid is not settled by itself. */
export const CANCELLED_BUT_PAID = 'The order is cancelled, and money that was taken for it has not gone back.'

type Finding = { cause: string; rule: string; why: string }

/** A parcel that will not arrive whole: the carrier is asked to pay, and the customer gets the units again, or the money. */
export function claimAndMakeGood(known: Case, parcel: Shipment, finding: Finding): Plan {
  const units = unitsIn(known.order, known.parcels, parcel)
  if (units === null) return handedUp({ ...finding, why: `${finding.why} No pack record says what was in it.` })
  const claim = action('file_carrier_claim', { shipmentId: parcel.id, amount: worthOf(known.order, units).amount })
  if (isCancelledAndSquare(known.order, known.payment))
    return proposed(
      { ...finding, why: `${finding.why} The order is cancelled, and nothing is owed for it.` },
      [claim],
      true,
    )
  if (isCancelled(known.order)) return handedUp({ ...finding, why: `${finding.why} ${CANCELLED_BUT_PAID}` })
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
