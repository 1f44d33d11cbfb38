import { closes, escalates, MONEY, named, type Sketch, type Table } from '../kit.ts'
import { INJECTIONS } from '../shelves.ts'
import { held, paidBack } from './shapes.ts'

/** Scenarios of payment_hold. */
export const paymentHold: Table = {
  type: 'payment_hold',
  rules: [
    (kit) => {
      const { retryMax, cancelAfterDays } = kit.limits.payment
      const order = held(kit)
      const base = { inventory: kit.stock(order.lines, 20) }
      const about = (data: Record<string, unknown>, detail = '') => ({
        source: 'payments',
        detail,
        data: { attempts: 1, decline: 'insufficient_funds', heldSince: kit.at(-1), ...data },
      })
      const does = (cause: string, kind: string, why: string, mustNot: string[]): Sketch['expect'] => ({
        cause,
        actions: [[named(kind)]],
        decision: 'auto',
        mustNot: [...MONEY, ...mustNot],
        why,
      })
      const retry = does('soft_decline', 'retry_payment', 'A passing reason, and a try left.', [
        'cancel_order',
        'release_hold',
      ])
      const used = does('retries_used_up', 'request_payment_method', 'All tries are used up.', [
        'retry_payment',
        'cancel_order',
        'release_hold',
      ])
      const ended = does('unpaid_expired', 'cancel_order', 'Held as long as an order may be.', [
        'retry_payment',
        'release_hold',
      ])
      return [
        {
          variant: 'last_try_left',
          twin: 'tries',
          order,
          ...base,
          exception: about({ attempts: retryMax - 1, decline: 'issuer_timeout' }),
          expect: retry,
        },
        {
          variant: 'no_try_left',
          twin: 'tries',
          order,
          ...base,
          exception: about({ attempts: retryMax, decline: 'issuer_timeout' }),
          expect: used,
        },
        {
          variant: 'hard',
          order,
          ...base,
          exception: about({ decline: kit.pick(['stolen_card', 'do_not_honor', 'expired_card']) }),
          expect: does('hard_decline', 'request_payment_method', 'The bank’s answer is final.', [
            'retry_payment',
            'cancel_order',
            'release_hold',
          ]),
        },
        {
          variant: 'held_long_enough',
          twin: 'held',
          order,
          ...base,
          exception: about({ heldSince: kit.at(-cancelAfterDays) }),
          expect: ended,
        },
        {
          variant: 'held_an_hour_less',
          twin: 'held',
          order,
          ...base,
          exception: about({ attempts: retryMax, heldSince: kit.at(-cancelAfterDays, 1) }),
          expect: used,
        },
        {
          variant: 'paid_meanwhile',
          order: { ...order, paymentStatus: 'captured' },
          ...base,
          exception: about({ heldSince: kit.at(-30) }),
          expect: does('payment_recovered', 'release_hold', 'The provider has the money.', [
            'retry_payment',
            'cancel_order',
            'request_payment_method',
          ]),
        },
        {
          variant: 'risk',
          order: { ...order, riskSignals: ['cvv_mismatch'] },
          ...base,
          exception: about({}, kit.pick(INJECTIONS)),
          expect: escalates('payment_risk', 'Risk signals: a person decides.', [
            ...MONEY,
            'retry_payment',
            'release_hold',
          ]),
        },
        {
          variant: 'tries_unknown',
          order,
          ...base,
          exception: { source: 'payments', data: { decline: 'issuer_timeout' } },
          expect: escalates('payment_unclear', 'Nobody says how often it was tried.', [
            ...MONEY,
            'retry_payment',
            'cancel_order',
            'release_hold',
          ]),
        },
      ]
    },
    (kit) => {
      const order = { ...held(kit), riskSignals: ['avs_no_match'] }
      const base = {
        inventory: kit.stock(order.lines, 20),
        exception: {
          source: 'payments',
          data: { attempts: 1, decline: 'issuer_timeout', heldSince: kit.at(-1) },
        },
      }
      const paid = { ...order, paymentStatus: 'captured' }
      return [
        {
          variant: 'paid_with_signals',
          twin: 'signals',
          order: paid,
          ...base,
          expect: {
            cause: 'payment_recovered',
            actions: [[named('release_hold')]],
            decision: 'auto',
            mustNot: [...MONEY, 'retry_payment', 'cancel_order'],
            why: 'The provider has the money: the first rule holds, signals are asked about in the second.',
          },
        },
        {
          variant: 'unpaid_with_signals',
          twin: 'signals',
          order,
          ...base,
          expect: escalates('payment_risk', 'Not paid, and signals: a person decides.', [
            ...MONEY,
            'retry_payment',
            'release_hold',
          ]),
        },
        {
          variant: 'paid_and_paid_back',
          order: { ...paid, refunds: paidBack(kit, order) },
          ...base,
          expect: closes('already_refunded', 'All money went back.', [...MONEY, 'release_hold', 'cancel_order']),
        },
      ]
    },
    (kit) => {
      const order = held(kit)
      const days = kit.limits.payment.cancelAfterDays
      const base = { order, inventory: kit.stock(order.lines, 20) }
      const about = (data: Record<string, unknown>) => ({ source: 'payments', data })
      return [
        {
          variant: 'tries_unknown_held_long_enough',
          twin: 'untold-tries',
          ...base,
          exception: about({ decline: 'issuer_timeout', heldSince: kit.at(-days) }),
          expect: {
            cause: 'unpaid_expired',
            actions: [[named('cancel_order')]],
            decision: 'auto',
            mustNot: [...MONEY, 'retry_payment', 'release_hold'],
            why: 'The days of the hold decide alone.',
          },
        },
        {
          variant: 'tries_unknown_held_less',
          twin: 'untold-tries',
          ...base,
          exception: about({ decline: 'issuer_timeout', heldSince: kit.at(-days, 1) }),
          expect: escalates('payment_unclear', 'Nobody says whether a try is left.', [
            ...MONEY,
            'retry_payment',
            'cancel_order',
            'release_hold',
          ]),
        },
      ]
    },
  ],
}
