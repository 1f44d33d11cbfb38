import type { LineQuantity, Order, Shipment } from '#domain/order.ts'
import { isDelivered } from '#domain/parcels/parcel-signs.ts'
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
import { perSku } from '../../signs/free-stock.ts'
import { makeGood } from '../../signs/make-good.ts'
import { counts, isCancelled, isCancelledAndSquare, isFullyRefunded, knownRefunds } from '../../signs/money-so-far.ts'
import { CANCELLED_BUT_PAID, wayInWords } from './lost-parcel.ts'

type Needs = 'order' | 'parcels' | 'stock' | 'payment'

/** Fewer units arrived than were ordered, by our record or by the customer's word. Source: docs/exceptions.md, partial_shipment_short. */
export const partialShipmentShort: Playbook<Needs> = {
  type: 'partial_shipment_short',
  needs: {
    order: { maxAgeMinutes: 15 },
    parcels: { maxAgeMinutes: 60 },
    stock: { maxAgeMinutes: 60 },
    payment: { maxAgeMinutes: 15 },
  },
  never: ['cancel_order', 'credit', 'release_hold', 'file_carrier_claim'],
  ifNothing: 'The customer keeps a part of what was paid for.',
  plan,
}

/** The first rule that holds decides. The pack record of each parcel says what was put into it; a claim against it is judged by a person. */
function plan(known: Known<Needs>): Plan {
  const { order, parcels, payment, exception } = known
  const missing = missingByRecord(order, parcels)
  const claimed = missing.length > 0 ? missing : claimedUnits(order, exception)
  const refunded = knownRefunds(order, payment).filter(counts)
  const isBack = (line: LineQuantity) =>
    refunded.filter(({ sku }) => sku === line.sku).reduce((sum, { amount }) => sum + amount, 0) >=
    line.qty * (order.lines.find(({ sku }) => sku === line.sku)?.unitPrice ?? Infinity)
  if (isFullyRefunded(order, payment) || (claimed.length > 0 && claimed.every(isBack)))
    return settled({
      cause: 'already_refunded',
      rule: 'partial_shipment_short.1',
      why: 'The money for the missing units went back already.',
    })

  if (isCancelledAndSquare(order, payment))
    return settled({
      cause: 'already_cancelled',
      rule: 'general.4',
      why: 'The order is cancelled, and nothing is owed.',
    })

  const underWay = parcels.filter((parcel) => !isDelivered(parcel))
  const mayHoldTheRest = ({ lines }: Shipment) =>
    lines === undefined ||
    (missing.length === 0 &&
      (claimed.length === 0 || lines.some(({ sku }) => claimed.some((line) => line.sku === sku))))
  if (parcels.length > 1 && underWay.some(mayHoldTheRest))
    return waiting(
      { cause: 'split_shipment', rule: 'partial_shipment_short.2', why: 'The rest travels in another parcel.' },
      underWay[0]?.eta ?? null,
    )
  if (parcels.length === 0 || parcels.some(({ lines }) => lines === undefined))
    return handedUp({
      cause: 'pack_record_missing',
      rule: 'partial_shipment_short.0',
      why: 'No pack record says what was put into the parcel.',
    })

  if (missing.length > 0 && isCancelled(order))
    return handedUp({ cause: 'short_packed', rule: 'partial_shipment_short.3', why: CANCELLED_BUT_PAID })
  return missing.length > 0 ? shortPacked(known, missing) : contradicted(known, claimed)
}

function shortPacked(known: Known<Needs>, missing: LineQuantity[]): Plan {
  const units = missing.map(({ sku, qty }) => `${qty} × ${sku}`).join(', ')
  const finding = {
    cause: 'short_packed',
    rule: 'partial_shipment_short.3',
    why: `Our own pack record lacks ${units}.`,
  }
  const good = makeGood(known, missing)
  if (good.outcome !== 'owed')
    return handedUp({ ...finding, why: `${finding.why} The records do not say what is owed for it.` })
  const [way, ...others] = good.ways
  const plan = proposed({ ...finding, why: `${finding.why} ${wayInWords(way)}` }, [way.action], way.withinLimit)
  return { ...plan, alternatives: others.map((other) => [other.action]) }
}

/** Believing the customer against our own record is a person's call, whatever the amount. */
function contradicted(known: Known<Needs>, claimed: LineQuantity[]): Plan {
  const finding = {
    cause: 'short_claim_contradicted_by_pack_record',
    rule: 'partial_shipment_short.4',
    why: 'Our record says that everything was packed.',
  }
  const good = claimed.length > 0 ? makeGood(known, claimed) : null
  const ways = good?.outcome === 'owed' ? good.ways.map((way) => [way.action]) : []
  const [first, ...others] = [...ways, [action('escalate')]]
  return forApproval(finding, first ?? [], others)
}

/** What the pack records of all parcels together lack. */
function missingByRecord(order: Order, parcels: Shipment[]): LineQuantity[] {
  const packed = new Map(perSku(parcels.flatMap(({ lines }) => lines ?? [])).map(({ sku, qty }) => [sku, qty]))
  return perSku(order.lines)
    .map(({ sku, qty }) => ({ sku, qty: qty - (packed.get(sku) ?? 0) }))
    .filter(({ qty }) => qty > 0)
}

/** The one line the report names, by what was measured or by name. A line of several units says nothing of how many are missing. */
function claimedUnits(order: Order, { data, detail }: Known<Needs>['exception']): LineQuantity[] {
  const text = detail.toLowerCase()
  const named = order.lines.filter(
    ({ sku, name }) =>
      data.sku === sku || text.includes(sku.toLowerCase()) || (name !== '' && text.includes(name.toLowerCase())),
  )
  const [line] = named
  return named.length === 1 && line?.qty === 1 ? [{ sku: line.sku, qty: 1 }] : []
}
