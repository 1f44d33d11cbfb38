import { closes, escalates, named, type Parcel, type Table, waits } from '../kit.ts'
import { atLimit, paidBack, refundOf, reshipOf, TOWARDS, withStock } from './shapes.ts'

/** Scenarios of return_to_sender. */
export const returnToSender: Table = {
  type: 'return_to_sender',
  rules: [
    (kit) => {
      const order = kit.order()
      const back: Parcel = kit.parcel([...TOWARDS, [-3, 'attempt'], [-2, 'returning']], {
        status: 'return_to_sender',
      })
      const turned = kit.parcel([...TOWARDS, [-3, 'attempt'], [-2, 'returning'], [-0.8, 'out'], [-0.5, 'delivered']], {
        status: 'return_to_sender',
      })
      const refunds = [
        {
          id: `BK-${kit.int(1_000, 9_999)}`,
          amount: order.total,
          status: 'succeeded',
          pspStatus: 'succeeded',
          createdAt: kit.at(-1),
        },
      ]
      return [
        {
          variant: 'on_its_way',
          ...withStock(kit, order, [back]),
          expect: waits('returning', 'Nothing is on our dock.', [[named('request_address')]]),
        },
        {
          variant: 'delivered_after_all',
          ...withStock(kit, order, [turned]),
          expect: closes('already_delivered', 'The carrier turned it round again.'),
        },
        {
          variant: 'refunded_already',
          ...withStock(kit, { ...order, refunds }, [kit.parcel([...TOWARDS, [-2, 'returning'], [-0.5, 'dock']])]),
          expect: closes('already_refunded', 'The money went back.'),
        },
      ]
    },
    (kit) =>
      atLimit(kit.limits.approvals.refundAutoMax, 'dock-refund', (total, decision) => {
        const order = kit.order({ total })
        return {
          variant: 'back_without_address',
          ...withStock(kit, order, [
            kit.parcel([...TOWARDS, [-2, 'returning'], [-0.5, 'dock']], { status: 'in_transit' }),
          ]),
          expect: {
            cause: 'returned_to_dock',
            actions: [[refundOf(total)]],
            decision,
            mustNot: ['reship', 'credit'],
            why: 'Back, and nobody knows where else to send it.',
          },
        }
      }),
    (kit) =>
      atLimit(
        Math.min(kit.limits.approvals.reshipAutoMax, kit.limits.approvals.addressChangeAutoMax),
        'dock-reship',
        (total, decision) => {
          const order = kit.order({ total })
          const address = { ...order.shippingAddress, line1: `${kit.int(600, 999)} Harbour Row` }
          return {
            variant: 'back_with_address',
            ...withStock(kit, order, [kit.parcel([...TOWARDS, [-2, 'returning'], [-0.5, 'dock']])]),
            exception: { data: { customerAddress: address } },
            expect: {
              cause: 'returned_to_dock',
              actions: [[named('update_shipping_address', { address }), reshipOf(order)]],
              decision,
              mustNot: ['refund', 'credit'],
              why: 'The stricter of two limits counts.',
            },
          }
        },
      ),
    (kit) => {
      const order = kit.order({ total: 2_000 })
      const shipments = () => [kit.parcel([...TOWARDS, [-2, 'returning'], [-0.5, 'dock']])]
      const customerAddress = { ...order.shippingAddress, line1: `${order.shippingAddress.line1} b` }
      return [
        {
          variant: 'cancelled_and_paid',
          twin: 'cancelled',
          ...withStock(kit, { ...order, status: 'cancelled' }, shipments()),
          exception: { data: { customerAddress } },
          expect: escalates('returned_to_dock', 'Nothing is sent for a cancelled order, and its money is open.'),
        },
        {
          variant: 'cancelled_and_paid_back',
          twin: 'cancelled',
          ...withStock(kit, { ...order, status: 'cancelled', refunds: paidBack(kit, order) }, shipments()),
          exception: { data: { customerAddress } },
          expect: closes('already_refunded', 'Cancelled, and the money went back.'),
        },
      ]
    },
  ],
}
