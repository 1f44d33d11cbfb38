import type { Action } from '#domain/exceptions/action.ts'
import { lessMoney, sumOf } from '#domain/money.ts'
import type { LineQuantity, StockAt } from '#domain/order.ts'
import { isHandedOver } from '#domain/parcels/parcel-signs.ts'
import { daysLater, timeOf } from '#domain/time/calendar.ts'
import { action, handedUp, type Known, type Plan, type Playbook, proposed, settled } from '../../playbook.ts'
import { isCounted, placeWith, shortLines } from '../../signs/free-stock.ts'
import { inWords, worthOf } from '../../signs/make-good.ts'
import {
  counts,
  isCancelled,
  isCaptured,
  isFullyRefunded,
  knownRefunds,
  stillRefundable,
} from '../../signs/money-so-far.ts'

type Needs = 'order' | 'parcels' | 'stock' | 'payment'

/** A line the picking location cannot fill. Source: docs/exceptions.md, out_of_stock_open_order. */
export const outOfStockOpenOrder: Playbook<Needs> = {
  type: 'out_of_stock_open_order',
  needs: {
    order: { maxAgeMinutes: 15 },
    parcels: { maxAgeMinutes: 60 },
    stock: { maxAgeMinutes: 15 },
    payment: { maxAgeMinutes: 15 },
  },
  never: ['reship', 'credit', 'cancel_order', 'release_hold'],
  ifNothing: 'The order stays unpicked, and its promise is missed.',
  plan,
}

/** How a short line is helped, the gentlest way first. */
type Remedy = {
  cause: 'stock_elsewhere' | 'stock_incoming' | 'stock_unavailable'
  rule: string
  line: LineQuantity
  actions: Action[]
  why: string
}
const GENTLEST_FIRST: Remedy['cause'][] = ['stock_elsewhere', 'stock_incoming', 'stock_unavailable']

/** The first rule that holds decides for each short line; with several, the hardest one names the cause. Free are units on hand less those reserved for others. */
function plan(known: Known<Needs>): Plan {
  const { order, parcels, stock, payment, places } = known
  if (isCancelled(order) || isFullyRefunded(order, payment))
    return settled({
      cause: 'already_cancelled',
      rule: 'general.4',
      why: 'The order is cancelled, or all its money went back.',
    })
  if (parcels.some(isHandedOver))
    return handedUp({
      cause: 'already_shipped',
      rule: 'out_of_stock_open_order.0',
      why: 'A carrier has a parcel of this order: what is still open is not plain.',
    })
  const uncounted = order.lines.filter(({ sku }) => !isCounted(stock, sku))
  if (uncounted.length > 0)
    return handedUp({
      cause: 'stock_unknown',
      rule: 'out_of_stock_open_order.0',
      why: `Nobody counts ${uncounted.map(({ sku }) => sku).join(', ')}.`,
    })

  const short = shortLines(order.lines, stock, places.pickingLocation)
  if (short.length === 0)
    return settled({
      cause: 'stock_restored',
      rule: 'out_of_stock_open_order.1',
      why: `${places.pickingLocation} has free stock for every line again.`,
    })

  const remedies = short.map((line) => remedyFor(line, known))
  const hardest = remedies.reduce((worst, one) =>
    GENTLEST_FIRST.indexOf(one.cause) > GENTLEST_FIRST.indexOf(worst.cause) ? one : worst,
  )
  const gone = remedies.filter(({ cause }) => cause === 'stock_unavailable').map(({ line }) => line)
  const refund = refundFor(gone, known)
  const waits = remedies.some(({ cause }) => cause === 'stock_incoming')
  const actions = [
    ...remedies.flatMap((remedy) => remedy.actions),
    ...(refund ? [action('refund', { amount: refund.amount })] : []),
    ...(waits ? [action('notify_customer')] : []),
  ]
  const why = [...remedies.map((remedy) => remedy.why), ...(refund ? [`The refund is ${inWords(refund)}.`] : [])].join(
    ' ',
  )
  const isSmall = refund === null || refund.amount <= known.limits.approvals.refundAutoMax
  return proposed({ cause: hardest.cause, rule: hardest.rule, why }, actions, isSmall)
}

function remedyFor(line: LineQuantity, { stock, places, limits, now }: Known<Needs>): Remedy {
  const { sku, qty } = line
  const location = placeWith(stock, line, places.pickingLocation)
  if (location !== null) {
    const why = `${location} has ${qty} × ${sku} free.`
    return {
      cause: 'stock_elsewhere',
      rule: 'out_of_stock_open_order.2',
      line,
      actions: [action('reallocate_stock', { sku, qty, location })],
      why,
    }
  }
  const latest = daysLater(now, limits.backorderMaxDays)
  const incoming = stock.find((row) => row.sku === sku && isCovered(row, qty, now, latest))
  if (incoming !== undefined) {
    const why = `${incoming.incomingQty} × ${sku} arrive ${incoming.incomingAt}, within ${limits.backorderMaxDays} days.`
    return {
      cause: 'stock_incoming',
      rule: 'out_of_stock_open_order.3',
      line,
      actions: [action('backorder_line', { sku, qty, until: incoming.incomingAt })],
      why,
    }
  }
  const why = `No place has ${qty} × ${sku} free, and none arrive within ${limits.backorderMaxDays} days.`
  return {
    cause: 'stock_unavailable',
    rule: 'out_of_stock_open_order.4',
    line,
    actions: [action('cancel_line', { sku, qty })],
    why,
  }
}

/** A delivery that should have come and did not is nothing to count on. */
function isCovered(
  { onHand, reserved, own = 0, incomingAt, incomingQty }: StockAt,
  qty: number,
  now: string,
  latest: string,
): boolean {
  if (incomingAt === undefined || incomingQty === undefined) return false
  const isInTime = timeOf(incomingAt) >= timeOf(now) && timeOf(incomingAt) <= timeOf(latest)
  return isInTime && onHand - reserved + own + incomingQty >= qty
}

/** The money taken for lines that will not come, less what went back for them; null while nothing was taken or nothing is left to pay. */
function refundFor(lines: LineQuantity[], { order, payment }: Known<Needs>) {
  if (lines.length === 0 || !isCaptured(payment)) return null
  const { currency } = order
  const before = knownRefunds(order, payment).filter(
    (refund) => counts(refund) && (refund.sku === undefined || lines.some(({ sku }) => sku === refund.sku)),
  )
  const given = sumOf(
    before.map(({ amount }) => ({ amount, currency })),
    currency,
  )
  const owed = lessMoney(worthOf(order, lines), given)
  const amount = Math.min(owed.amount, stillRefundable(order, payment).amount)
  return amount > 0 ? { amount, currency } : null
}
