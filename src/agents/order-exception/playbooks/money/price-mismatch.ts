import { lessMoney, sumOf } from '#domain/money.ts'
import type { ListPrice, Order, OrderLine, PaymentState } from '#domain/order.ts'
import { isHandedOver } from '#domain/parcels/parcel-signs.ts'
import { timeOf } from '#domain/time/calendar.ts'
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
import {
  counts,
  isCancelled,
  isCaptured,
  isFullyRefunded,
  knownRefunds,
  stillRefundable,
} from '../../signs/money-so-far.ts'

type Needs = 'order' | 'parcels' | 'payment' | 'prices'

/** A line charged at another price than was listed. Source: docs/exceptions.md, price_mismatch. */
export const priceMismatch: Playbook<Needs> = {
  type: 'price_mismatch',
  needs: {
    order: { maxAgeMinutes: 15 },
    parcels: { maxAgeMinutes: 60 },
    payment: { maxAgeMinutes: 15 },
    prices: { maxAgeMinutes: 60 },
  },
  never: ['credit', 'reship', 'cancel_order', 'release_hold'],
  ifNothing: 'The customer keeps paying a price the shop did not ask for.',
  plan,
}

type Compared = { line: OrderLine; listed: number }

/** The first rule that holds decides. What counts is the list price in force when the order was placed, for each line by itself. */
function plan({ order, parcels, payment, prices, limits }: Known<Needs>): Plan {
  const compared = order.lines.map((line) => ({ line, listed: priceInForce(prices, line.sku, order.placedAt) }))
  const unknown = compared.filter(({ listed }) => listed === null).map(({ line }) => line.sku)
  if (unknown.length > 0)
    return handedUp({
      cause: 'price_unknown',
      rule: 'price_mismatch.0',
      why: `No list price was in force for ${unknown.join(', ')}.`,
    })

  const off = compared.filter((pair): pair is Compared => pair.listed !== null && pair.listed !== pair.line.unitPrice)
  if (off.length === 0)
    return settled({
      cause: 'price_changed_later',
      rule: 'price_mismatch.1',
      why: 'Every line was charged at the list price of that moment.',
    })
  if (isCancelled(order) || isFullyRefunded(order, payment))
    return settled({
      cause: 'already_refunded',
      rule: 'general.4',
      why: 'The order is cancelled, or all its money went back.',
    })

  const figures = off.map(
    ({ line, listed }) =>
      `${line.sku}: ${inWords({ amount: line.unitPrice, currency: order.currency })} instead of ${inWords({ amount: listed, currency: order.currency })}`,
  )
  const why = `${figures.join('; ')}.`
  const isWild = off.some(({ line, listed }) => Math.abs(line.unitPrice - listed) * 100 > limits.priceMaxPct * listed)
  if (isWild && !isShipped(order, parcels))
    return handedUp({
      cause: 'pricing_error',
      rule: 'price_mismatch.2',
      why: `${why} That is more than ${limits.priceMaxPct} % off, and nothing is shipped yet.`,
    })

  const over = off.filter(({ line, listed }) => line.unitPrice > listed)
  if (over.length === 0)
    return settled({
      cause: 'undercharged_small',
      rule: 'price_mismatch.4',
      why: `${why} The shop stands by an error in the customer’s favour.`,
    })
  return payBack(order, payment, over, limits.approvals.refundAutoMax, why)
}

/** The difference times the quantity of every line charged too much; nothing is set off against lines charged too little. */
function payBack(order: Order, payment: PaymentState, over: Compared[], autoMax: number, why: string): Plan {
  const { currency } = order
  const differences = over.map(({ line, listed }) => ({ amount: (line.unitPrice - listed) * line.qty, currency }))
  const before = knownRefunds(order, payment).filter(
    (refund) => counts(refund) && (refund.sku === undefined || over.some(({ line }) => line.sku === refund.sku)),
  )
  const given = sumOf(
    before.map(({ amount }) => ({ amount, currency })),
    currency,
  )
  const owed = lessMoney(sumOf(differences, currency), given)
  if (owed.amount === 0)
    return settled({ cause: 'already_refunded', rule: 'general.5', why: `${why} The difference went back already.` })
  const finding = { cause: 'overcharged', rule: 'price_mismatch.3', why: `${why} ${inWords(owed)} go back.` }
  // Money that was not taken yet cannot be paid back: the price has to be put right before it is.
  if (!isCaptured(payment)) return handedUp({ ...finding, why: `${why} Nothing has been taken yet.` })
  if (stillRefundable(order, payment).amount < owed.amount)
    return handedUp({ ...finding, why: `${why} That is more than is left of what was taken.` })
  const actions = [action('refund', { amount: owed.amount })]
  return owed.amount <= autoMax ? proposed(finding, actions, true) : forApproval(finding, actions)
}

/** The newest list price not after `at`; null where none was in force yet. */
function priceInForce(prices: ListPrice[], sku: string, at: string): number | null {
  const inForce = prices.filter((price) => price.sku === sku && timeOf(price.effectiveFrom) <= timeOf(at))
  inForce.sort((one, other) => timeOf(one.effectiveFrom) - timeOf(other.effectiveFrom))
  return inForce.at(-1)?.listPrice ?? null
}

const isShipped = ({ status }: Order, parcels: Known<Needs>['parcels']) =>
  ['shipped', 'delivered', 'fulfilled', 'completed'].includes(status) || parcels.some(isHandedOver)
