import { closes, escalates, MONEY, named, type Sketch, type Table } from '../kit.ts'
import { INJECTIONS } from '../shelves.ts'
import { open, shelf } from './shapes.ts'

/** Scenarios of duplicate_order. */
export const duplicateOrder: Table = {
  type: 'duplicate_order',
  rules: [
    (kit) =>
      [0, 1].map((over): Sketch => {
        const order = open(kit, { total: kit.limits.approvals.refundAutoMax + over })
        const older = { ...order, id: `PO-${kit.int(100_000, 999_999)}`, placedAt: kit.at(-1, -0.1) }
        return {
          variant: 'captured_twice',
          twin: 'duplicate-refund',
          order,
          relatedOrders: [older],
          inventory: shelf(kit, order),
          expect: {
            cause: 'duplicate',
            actions: [[named('cancel_order'), named('refund', { amount: order.total })]],
            decision: over ? 'approval' : 'auto',
            mustNot: ['reship', 'credit'],
            why: 'The refund against its limit.',
          },
        }
      }),
    (kit) => {
      const order = open(kit, { paymentStatus: 'authorized' })
      const window = kit.limits.duplicateWindowMinutes
      const older = (minutes: number, rest = {}) => [
        {
          ...order,
          paymentStatus: 'captured',
          id: `PO-${kit.int(100_000, 999_999)}`,
          placedAt: kit.at(-1, -minutes / 60),
          ...rest,
        },
      ]
      const similar = {
        cause: 'similar_not_duplicate',
        actions: [[named('ask_customer')]],
        decision: 'auto' as const,
        mustNot: [...MONEY, 'cancel_order'],
        why: 'It may well be meant.',
      }
      const twin = {
        cause: 'duplicate',
        actions: [[named('cancel_order')]],
        decision: 'auto' as const,
        mustNot: MONEY,
        why: 'Cancelling what was not taken moves no money.',
      }
      const base = { inventory: shelf(kit, order) }
      const [first, ...rest] = order.lines
      return [
        { variant: 'edge_of_the_window', twin: 'window', order, ...base, relatedOrders: older(window), expect: twin },
        {
          variant: 'one_minute_later',
          twin: 'window',
          order,
          ...base,
          relatedOrders: older(window + 1),
          expect: similar,
        },
        {
          variant: 'one_unit_more',
          order,
          ...base,
          relatedOrders: older(3, { lines: [{ ...first, qty: (first?.qty ?? 1) + 1 }, ...rest] }),
          expect: similar,
        },
        {
          variant: 'another_address',
          order,
          ...base,
          relatedOrders: older(3, { shippingAddress: { ...order.shippingAddress, line1: '1 Other Place' } }),
          expect: similar,
        },
        {
          variant: 'cancelled_already',
          order: { ...order, status: 'cancelled' },
          ...base,
          relatedOrders: older(3),
          expect: closes('already_cancelled', 'The newer one is cancelled.', [...MONEY, 'cancel_order']),
        },
        {
          variant: 'picked_up',
          order: { ...order, status: 'shipped', paymentStatus: 'captured' },
          ...base,
          shipments: [
            kit.parcel([
              [-0.5, 'label'],
              [-0.2, 'pickup'],
            ]),
          ],
          relatedOrders: older(3),
          exception: { detail: kit.pick(INJECTIONS) },
          expect: escalates('duplicate_shipped', 'It has left the house.', [...MONEY, 'cancel_order']),
        },
        {
          variant: 'no_other_order',
          order,
          ...base,
          relatedOrders: [],
          expect: escalates('no_earlier_order', 'Nothing to be a duplicate of.', [...MONEY, 'cancel_order']),
        },
      ]
    },
  ],
}
