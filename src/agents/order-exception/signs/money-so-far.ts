import { lessMoney, type Money } from '#domain/money.ts'
import type { Order, PaymentState, Refund } from '#domain/order.ts'

/** What became of a refund. For money the provider's word counts; the order system's only where the provider says nothing. */
export function refundStatus({ pspStatus, status }: Refund): string {
  return pspStatus ?? status
}

/** A refund that has moved money or is about to: it counts, whoever asked for it. Only a failed one does not. */
export function counts(refund: Refund): boolean {
  return !['failed', 'cancelled', 'canceled', 'rejected'].includes(refundStatus(refund))
}

/** Refunded or being refunded, by whichever of order system and provider knows more of it. Minor units of the order's currency. */
export function givenBack(order: Order, payment: PaymentState): Money {
  const listed = knownRefunds(order, payment).filter(counts)
  const sum = listed.reduce((total, { amount }) => total + amount, 0)
  return { amount: Math.max(payment.refunded + payment.refunding, sum), currency: order.currency }
}

/** Refunds of both records, each id once; the provider's record of it counts. */
export function knownRefunds(order: Order, payment: PaymentState): Refund[] {
  const byId = new Map([...order.refunds, ...payment.refunds].map((refund) => [refund.id, refund]))
  return [...byId.values()].map((refund) => {
    // The order system may know which line it was for, where the provider does not.
    const sku = refund.sku ?? order.refunds.find(({ id }) => id === refund.id)?.sku
    return sku === undefined ? refund : { ...refund, sku }
  })
}

/** Where the order system alone says so, and no refund is known that could have failed, it is believed: nothing is paid twice. */
export function isFullyRefunded(order: Order, payment: PaymentState): boolean {
  if (order.paymentStatus === 'refunded' && knownRefunds(order, payment).every(counts)) return true
  return order.total > 0 && givenBack(order, payment).amount >= order.total
}

/** The most that may still be paid back: neither more than was taken, nor more than the order was worth. */
export function stillRefundable(order: Order, payment: PaymentState): Money {
  const whole = { amount: Math.min(order.total, payment.captured), currency: order.currency }
  return lessMoney(whole, givenBack(order, payment))
}

/** Money was taken, all or in part. */
export function isCaptured({ captured }: PaymentState): boolean {
  return captured > 0
}

/** Cancelled, and nothing that was taken is left to go back. */
export function isCancelledAndSquare(order: Order, payment: PaymentState): boolean {
  return isCancelled(order) && stillRefundable(order, payment).amount === 0
}

export function isCancelled({ status }: Order): boolean {
  return status === 'cancelled' || status === 'canceled'
}
