import type { Action } from '#domain/exceptions/action.ts'
import type { ShopLimits } from '#domain/exceptions/limits.ts'
import { lessMoney, type Money, moneyText, sumOf, timesQuantity } from '#domain/money.ts'
import type { LineQuantity, Order, PaymentState, Refund, StockAt } from '#domain/order.ts'
import { action } from '../playbook.ts'
import { coversAll, isCounted, perSku } from './free-stock.ts'
import { counts, isCancelled, isCaptured, isFullyRefunded, knownRefunds, stillRefundable } from './money-so-far.ts'

export type Losses = { order: Order; payment: PaymentState; stock: StockAt[]; limits: ShopLimits }

/** One way of making good: what is done, what it costs, and whether the shop's limit lets it happen at once. */
export type Way = { kind: 'reship' | 'refund'; action: Action; value: Money; withinLimit: boolean }

/**
 * How units that did not arrive may be made good, the preferred way first. `nothing_owed`: money for them went back already.
 * `unclear`: the records do not allow a sum; a person has to look.
 */
export type MakeGood =
  | { outcome: 'owed'; ways: [Way, ...Way[]] }
  | { outcome: 'nothing_owed' }
  | { outcome: 'unclear'; why: string }

/**
 * Sends the missing units again where free stock covers them, else refunds them. Never pays twice: lines refunded before are left
 * out, and where an earlier refund named no line only the rest of the money is given back, since nobody can say which units it was for.
 */
export function makeGood(losses: Losses, lost: LineQuantity[]): MakeGood {
  const { order, payment, stock } = losses
  if (isFullyRefunded(order, payment)) return { outcome: 'nothing_owed' }
  if (!isCaptured(payment))
    return { outcome: 'unclear', why: 'The order was sent, and the payment provider shows no money taken for it.' }
  const owed = perSku(lost).filter(({ sku }) => !isRefundedLine(losses, sku))
  if (owed.length === 0) return { outcome: 'nothing_owed' }
  if (owed.some(({ sku }) => priceOf(order, sku) === null))
    return { outcome: 'unclear', why: 'A lost unit is not on the order, so nothing says what it is worth.' }
  const maySendAgain = coversAll(stock, owed) && !isCancelled(order) && !hasUnclearRefunds(losses)
  const reship = maySendAgain ? [wayOfReship(losses, owed)] : []
  const refund = wayOfRefund(losses, owed)
  const [first, ...others] = [...reship, ...(refund ? [refund] : [])]
  return first ? { outcome: 'owed', ways: [first, ...others] } : { outcome: 'nothing_owed' }
}

/** A sum as the approver reads it. */
export const inWords = (money: Money): string => moneyText(money, 'en')

/** What the lines cost on this order; of lines it does not have, nothing. */
export function worthOf(order: Order, lines: LineQuantity[]): Money {
  const values = lines.map(({ sku, qty }) =>
    timesQuantity({ amount: priceOf(order, sku) ?? 0, currency: order.currency }, qty),
  )
  return sumOf(values, order.currency)
}

function wayOfReship({ order, limits }: Losses, owed: LineQuantity[]): Way {
  const value = worthOf(order, owed)
  const withinLimit = value.amount <= limits.approvals.reshipAutoMax
  return { kind: 'reship', action: action('reship', { lines: owed, value: value.amount }), value, withinLimit }
}

function wayOfRefund({ order, payment, stock, limits }: Losses, owed: LineQuantity[]): Way | null {
  const rest = stillRefundable(order, payment)
  const isWhole = perSku(order.lines).every(({ sku, qty }) => owed.some((line) => line.sku === sku && line.qty >= qty))
  // What went back without a line's name may have been for these units: it is never paid again.
  const before = knownRefunds(order, payment).filter(
    (refund) => counts(refund) && (refund.sku === undefined || owed.some(({ sku }) => sku === refund.sku)),
  )
  const units = lessMoney(worthOf(order, owed), refundedIn(before, order.currency))
  const amount = isWhole ? rest.amount : Math.min(rest.amount, units.amount)
  if (amount <= 0) return null
  // Where nobody counts the units, sending them again may have been possible: a person looks.
  const isCertain = owed.every(({ sku }) => isCounted(stock, sku))
  const withinLimit = isCertain && amount <= limits.approvals.refundAutoMax
  // Units that are paid for in full are named, so that they are never sent again as well.
  const args = amount === worthOf(order, owed).amount ? { amount, lines: owed } : { amount }
  return { kind: 'refund', action: action('refund', args), value: { ...rest, amount }, withinLimit }
}

/** Whether the money for all units of a line went back, or is on its way. */
function isRefundedLine({ order, payment }: Losses, sku: string): boolean {
  const paid = worthOf(
    order,
    order.lines.filter((line) => line.sku === sku),
  )
  const back = knownRefunds(order, payment).filter((refund) => refund.sku === sku && counts(refund))
  return paid.amount > 0 && refundedIn(back, order.currency).amount >= paid.amount
}

/** Refunds that name no line of this order, or only a part of one. */
function hasUnclearRefunds(losses: Losses): boolean {
  return knownRefunds(losses.order, losses.payment).some(
    (refund) => counts(refund) && (refund.sku === undefined || !isRefundedLine(losses, refund.sku)),
  )
}

const refundedIn = (refunds: Refund[], currency: string) =>
  sumOf(
    refunds.map(({ amount }) => ({ amount, currency })),
    currency,
  )

/** The dearest price of a SKU on the order: limits are compared with no less than it is worth. */
function priceOf(order: Order, sku: string): number | null {
  const prices = order.lines.filter((line) => line.sku === sku).map(({ unitPrice }) => unitPrice)
  return prices.length > 0 ? Math.max(...prices) : null
}
