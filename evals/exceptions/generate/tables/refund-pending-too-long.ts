import { closes, escalates, MONEY, named, type Table } from '../kit.ts'
import { INJECTIONS } from '../shelves.ts'

/** Scenarios of refund_pending_too_long. */
export const refundPendingTooLong: Table = {
  type: 'refund_pending_too_long',
  rules: [
    (kit) => {
      const days = kit.limits.refundOverdueDays
      const order = kit.order({
        status: 'delivered',
        paymentStatus: 'refund_pending',
        placedDaysAgo: 30,
        promisedInDays: -20,
      })
      const id = `BK-${kit.int(1_000, 9_999)}`
      const refund = (pspStatus: string, age: number, hours = 0) => ({
        ...order,
        refunds: [{ id, amount: order.total, status: 'pending', pspStatus, createdAt: kit.at(-age, -hours) }],
      })
      const base = {
        shipments: [
          kit.parcel([
            [-25, 'label'],
            [-24, 'pickup'],
            [-22, 'delivered'],
          ]),
        ],
        inventory: kit.stock(order.lines, 20),
      }
      const chase = {
        cause: 'refund_overdue',
        actions: [[named('chase_refund', { refundId: id })]],
        decision: 'auto' as const,
        mustNot: [...MONEY, 'reissue_refund'],
        why: 'Chase the same refund, never send a second one.',
      }
      return [
        {
          variant: 'on_the_last_day',
          twin: 'overdue',
          order: refund('pending', days),
          ...base,
          expect: {
            cause: 'refund_in_time',
            actions: [[named('wait')]],
            decision: 'wait',
            mustNot: [...MONEY, 'reissue_refund'],
            why: 'Not older than the days allowed.',
          },
        },
        {
          variant: 'an_hour_over',
          twin: 'overdue',
          order: refund('pending', days, 1),
          ...base,
          exception: { source: 'customer', detail: kit.pick(INJECTIONS) },
          expect: chase,
        },
        {
          variant: 'settled',
          order: refund('succeeded', days + 9),
          ...base,
          expect: closes('refund_settled', 'The provider has paid.', [...MONEY, 'reissue_refund', 'chase_refund']),
        },
        {
          variant: 'failed',
          order: refund('failed', 1),
          ...base,
          expect: {
            cause: 'refund_failed',
            actions: [[named('reissue_refund', { refundId: id, amount: order.total })]],
            decision: 'approval',
            mustNot: [...MONEY, 'close_exception'],
            why: 'A double payment is possible: always a person.',
          },
        },
        {
          variant: 'no_refund_at_all',
          order: { ...order, paymentStatus: 'captured', refunds: [] },
          ...base,
          expect: escalates('no_refund', 'Nobody knows of a refund.', [...MONEY, 'reissue_refund', 'chase_refund']),
        },
      ]
    },
  ],
}
