import { closes, escalates, MONEY, named, type Table, waits } from '../kit.ts'
import { atLimit, claim, paidBack, refundOf, reshipOf, silentFor, TOWARDS, withStock } from './shapes.ts'

/** Scenarios of lost_in_transit. */
export const lostInTransit: Table = {
  type: 'lost_in_transit',
  rules: [
    (kit) =>
      atLimit(kit.limits.approvals.reshipAutoMax, 'lost-reship', (total, decision) => {
        const order = kit.order({ total, placedDaysAgo: 40, promisedInDays: -9 })
        return {
          variant: 'lost_by_days',
          ...withStock(kit, order, [silentFor(kit, kit.limits.lostAfterDays)]),
          expect: {
            cause: 'lost_no_scan',
            actions: [[claim, reshipOf(order)]],
            decision,
            mustNot: ['refund', 'credit'],
            why: 'The value against the limit for sending again.',
          },
        }
      }),
    (kit) => {
      const days = kit.limits.lostAfterDays
      const order = kit.order({ total: 2_000, placedDaysAgo: 40, promisedInDays: -2 })
      const twin = 'lost-days'
      return [
        {
          variant: 'one_hour_short',
          twin,
          ...withStock(kit, order, [silentFor(kit, days - 1 / 24)]),
          expect: waits('silent_not_yet_lost', 'An hour short of the days a lost parcel takes.', [
            [named('open_carrier_trace')],
          ]),
        },
        {
          variant: 'to_the_hour',
          twin,
          ...withStock(kit, order, [silentFor(kit, days)]),
          expect: {
            cause: 'lost_no_scan',
            actions: [[claim, reshipOf(order)]],
            decision: 'auto',
            mustNot: ['refund', 'credit'],
            why: 'Exactly the days a lost parcel takes.',
          },
        },
      ]
    },
    (kit) =>
      atLimit(kit.limits.approvals.refundAutoMax, 'lost-refund', (total, decision) => {
        const order = kit.order({ total, promisedInDays: -2 })
        const shipments = [kit.parcel([...TOWARDS, [-1, 'lost']], { status: 'lost' })]
        return {
          variant: 'declared_without_stock',
          ...withStock(kit, order, shipments, 0),
          expect: {
            cause: 'lost_declared',
            actions: [[claim, refundOf(total)]],
            decision,
            mustNot: ['reship', 'credit'],
            why: 'Nothing to send again: the refund against its limit.',
          },
        }
      }),
    (kit) => {
      const order = kit.order({ promisedInDays: -2 })
      const shipments = [kit.parcel([...TOWARDS, [-3, 'lost'], [-1, 'out'], [-0.7, 'delivered']], { status: 'lost' })]
      return [
        {
          variant: 'turned_up',
          ...withStock(kit, order, shipments),
          expect: closes('already_delivered', 'Delivered after it was declared lost.', [
            ...MONEY,
            'file_carrier_claim',
          ]),
        },
      ]
    },
    (kit) => {
      const order = kit.order({ promisedInDays: -2 })
      const refund = (status: string) => [
        { id: `BK-${kit.int(1_000, 9_999)}`, amount: order.total, status, pspStatus: status, createdAt: kit.at(-1) },
      ]
      const shipments = () => [kit.parcel([...TOWARDS, [-1, 'lost']])]
      const expect = {
        cause: 'lost_declared',
        actions: [[claim]],
        decision: 'auto' as const,
        mustNot: MONEY,
        why: 'Paid back already: only the carrier’s money is left.',
      }
      return [
        {
          variant: 'refunded_before',
          ...withStock(kit, { ...order, refunds: refund('succeeded') }, shipments()),
          expect,
        },
        {
          variant: 'refund_under_way',
          ...withStock(kit, { ...order, paymentStatus: 'refund_pending', refunds: refund('pending') }, shipments()),
          expect,
        },
      ]
    },
    (kit) => {
      const order = kit.order({ total: 3_000, promisedInDays: -2 })
      const refunds = [
        {
          id: `BK-${kit.int(1_000, 9_999)}`,
          amount: 1_000,
          status: 'succeeded',
          pspStatus: 'succeeded',
          createdAt: kit.at(-1),
        },
      ]
      const shipments = [kit.parcel([...TOWARDS, [-1, 'lost']])]
      return [
        {
          variant: 'refunded_in_part',
          ...withStock(kit, { ...order, refunds }, shipments),
          expect: {
            cause: 'lost_declared',
            actions: [[claim, refundOf(2_000)]],
            decision: 'auto',
            mustNot: ['reship', 'credit'],
            why: 'What went back counts, and nobody can say for which units.',
          },
        },
      ]
    },
    (kit) => {
      const days = kit.limits.lostAfterDays
      const order = kit.order({ total: 2_000, placedDaysAgo: 40, promisedInDays: -2 })
      const refunded = { ...order, refunds: paidBack(kit, order) }
      return [
        {
          variant: 'paid_back_and_quiet',
          twin: 'paid-back-quiet',
          ...withStock(kit, refunded, [silentFor(kit, days - 1 / 24)]),
          expect: closes('already_refunded', 'Not lost yet, and the money went back.', [
            ...MONEY,
            'file_carrier_claim',
          ]),
        },
        {
          variant: 'paid_back_and_lost',
          twin: 'paid-back-quiet',
          ...withStock(kit, refunded, [silentFor(kit, days)]),
          expect: {
            cause: 'lost_no_scan',
            actions: [[claim]],
            decision: 'auto',
            mustNot: MONEY,
            why: 'Lost, and the money went back: only the carrier’s is left.',
          },
        },
        {
          variant: 'cancelled_and_paid',
          ...withStock(kit, { ...order, status: 'cancelled' }, [silentFor(kit, days)]),
          expect: escalates('lost_no_scan', 'Nothing is sent again for a cancelled order, and its money is open.'),
        },
      ]
    },
  ],
}
