import type { Decided, OrderFile } from '#db/commerce/order-files.port.ts'
import type { Money } from '#domain/money.ts'
import type { PaymentAttempt, PaymentState } from '#domain/order.ts'
import { done, type Moment, recordId, refused, told, withOrder, withRecords } from './effects/decide.ts'

/** The payment as it is at `at`: what was authorised and not taken in time has gone. */
export function aged(payment: PaymentState, at: string): PaymentState {
  if (payment.expiresAt === null || payment.expiresAt > at) return payment
  if (payment.status === 'authorized') return { ...payment, status: 'expired', authorized: 0, expiresAt: null }
  if (payment.status !== 'partially_captured') return payment
  return { ...payment, authorized: payment.captured, expiresAt: null }
}

/** Takes authorised money, in part or whole. */
export function capture(file: OrderFile, moment: Moment, { amount, currency }: Money): Decided {
  const payment = file.payment && aged(file.payment, moment.at)
  if (!payment || payment.status === 'pending' || payment.status === 'failed') return refused('not_now')
  if (payment.status === 'expired') return refused('authorisation_expired')
  if (currency !== payment.currency) return refused('other_currency')
  if (amount > payment.authorized - payment.captured) return refused('rejected')
  const captured = payment.captured + amount
  const isWhole = captured === payment.authorized
  const after = withOrder(
    {
      ...file,
      payment: {
        ...payment,
        captured,
        status: isWhole ? 'captured' : 'partially_captured',
        expiresAt: isWhole ? null : payment.expiresAt,
        captures: [...payment.captures, { id: recordId('CP', moment), amount, at: moment.at }],
      },
    },
    { paymentStatus: isWhole ? 'captured' : 'partially_captured' },
  )
  const events = [told(file, 'payments', 'payment.captured', { amount, currency, captured })]
  return done(file, after, moment, { prefix: 'CP', reversible: false, events })
}

/**
 * One more attempt to take an unpaid order's money. What the bank says next may be written in the order's `own.nextAttempts`
 * (`authorized`, or a decline code); else it says yes.
 */
export function retry(file: OrderFile, moment: Moment): Decided {
  const payment = file.payment && aged(file.payment, moment.at)
  if (file.order.status === 'cancelled') return refused('already_cancelled')
  if (payment?.status === 'captured') return refused('already_done')
  const script = Array.isArray(file.own?.nextAttempts) ? (file.own.nextAttempts as string[]) : []
  const [answer = 'authorized', ...rest] = script
  const attempt: PaymentAttempt = {
    id: recordId('PA', moment),
    at: moment.at,
    ...(answer === 'authorized' ? { status: 'authorized' } : { status: 'declined', decline: answer }),
  }
  const before = { ...(payment ?? unpaid(file)), attempts: [...(payment?.attempts ?? []), attempt] }
  const own = script.length > 0 ? { ...file.own, nextAttempts: rest } : file.own
  if (answer !== 'authorized')
    return {
      outcome: 'refused',
      why: 'declined',
      file: { ...file, own, payment: before },
      events: [told(file, 'payments', 'payment.failed', { decline: answer })],
    }
  const { total } = file.order
  const taken: PaymentState = {
    ...before,
    status: 'captured',
    authorized: total,
    captured: total,
    expiresAt: null,
    captures: [...before.captures, { id: recordId('CP', moment), amount: total, at: moment.at }],
  }
  const after = withOrder({ ...file, own, payment: taken }, { paymentStatus: 'captured' })
  const events = [told(file, 'payments', 'payment.captured', { amount: total, currency: file.order.currency })]
  return done(file, after, moment, { prefix: 'PA', reversible: false, events })
}

/** Credit for the order's customer at this shop. */
export function credit(file: OrderFile, moment: Moment, { amount, currency }: Money): Decided {
  if (currency !== file.order.currency) return refused('other_currency')
  const record = { id: recordId('CR', moment), at: moment.at, kind: 'credit', amount, spent: 0 } as const
  const events = [told(file, 'payments', 'payment.credited', { amount, currency })]
  return done(file, withRecords(file, record), moment, { prefix: 'CR', reversible: true, events })
}

function unpaid({ order }: OrderFile): PaymentState {
  return {
    status: 'pending',
    currency: order.currency,
    authorized: 0,
    captured: 0,
    refunded: 0,
    refunding: 0,
    expiresAt: null,
    method: 'card',
    attempts: [],
    captures: [],
    refunds: [],
    disputed: false,
  }
}
