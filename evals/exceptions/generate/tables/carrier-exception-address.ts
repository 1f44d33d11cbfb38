import { closes, MONEY, named, type Table, waits } from '../kit.ts'
import { atLimit, paidBack, TOWARDS, withStock } from './shapes.ts'

/** Scenarios of carrier_exception_address. */
export const carrierExceptionAddress: Table = {
  type: 'carrier_exception_address',
  rules: [
    (kit) => {
      const order = kit.order()
      const since = (last: 'delivered' | 'out') => [
        kit.parcel([...TOWARDS, [-2, 'address'], [-0.5, last]], { status: 'exception' }),
      ]
      return [
        {
          variant: 'delivered_since',
          ...withStock(kit, order, since('delivered')),
          expect: closes('already_delivered', 'Delivered after the address exception.', [
            ...MONEY,
            'update_shipping_address',
            'request_address',
          ]),
        },
        {
          variant: 'moving_since',
          ...withStock(kit, order, since('out')),
          expect: waits('carrier_resolved', 'The carrier found the way by itself.'),
        },
      ]
    },
    (kit) =>
      atLimit(kit.limits.approvals.addressChangeAutoMax, 'redirect', (total, decision) => {
        const order = kit.order({ total })
        const address = { ...order.shippingAddress, line1: `${order.shippingAddress.line1} Top flat` }
        const shipments = [kit.parcel([...TOWARDS, [-0.5, 'address']], { status: 'exception' })]
        return {
          variant: 'better_address',
          ...withStock(kit, order, shipments),
          exception: { source: 'carrier', data: { customerAddress: address } },
          expect: {
            cause: 'address_incomplete',
            actions: [[named('update_shipping_address', { address })]],
            decision,
            mustNot: [...MONEY, 'cancel_order'],
            why: 'The total against the limit for redirecting.',
          },
        }
      }),
    (kit) => {
      const order = kit.order({ total: 1_000 })
      const address = { ...order.shippingAddress, city: 'Basel', postalCode: '4051', country: 'CH' }
      const shipments = [kit.parcel([...TOWARDS, [-0.5, 'address']])]
      return [
        {
          variant: 'address_abroad',
          ...withStock(kit, order, shipments),
          exception: { data: { customerAddress: address } },
          expect: {
            cause: 'address_incomplete',
            actions: [[named('update_shipping_address', { address })], [named('escalate')]],
            decision: 'approval',
            mustNot: [...MONEY, 'cancel_order'],
            why: 'Another country is a person’s matter.',
          },
        },
      ]
    },
    (kit) => {
      const order = kit.order()
      const shipments = () => [kit.parcel([...TOWARDS, [-0.5, 'address']])]
      const expect = {
        cause: 'address_incomplete',
        actions: [[named('request_address')]],
        decision: 'auto' as const,
        mustNot: [...MONEY, 'update_shipping_address', 'cancel_order'],
        why: 'Nobody gave a better address.',
      }
      return [
        { variant: 'nobody_knows', ...withStock(kit, order, shipments()), expect },
        {
          variant: 'the_same_again',
          ...withStock(kit, order, shipments()),
          exception: { data: { customerAddress: order.shippingAddress } },
          expect: { ...expect, why: 'The address given is the one that failed.' },
        },
      ]
    },
    (kit) => {
      const order = kit.order()
      const shipments = () => [kit.parcel([...TOWARDS, [-0.5, 'address']], { status: 'exception' })]
      const noMore = [...MONEY, 'update_shipping_address', 'request_address']
      return [
        {
          variant: 'paid_back',
          twin: 'paid-back',
          ...withStock(kit, { ...order, refunds: paidBack(kit, order) }, shipments()),
          expect: closes('already_refunded', 'All money went back: nobody waits for the parcel.', noMore),
        },
        {
          variant: 'paid_back_all_but_one',
          twin: 'paid-back',
          ...withStock(kit, { ...order, refunds: paidBack(kit, order, 1) }, shipments()),
          expect: {
            cause: 'address_incomplete',
            actions: [[named('request_address')]],
            decision: 'auto',
            mustNot: [...MONEY, 'update_shipping_address', 'close_exception'],
            why: 'A part of the money is not all of it.',
          },
        },
        {
          variant: 'cancelled',
          ...withStock(kit, { ...order, status: 'cancelled', paymentStatus: 'voided' }, shipments()),
          exception: {
            data: { customerAddress: { ...order.shippingAddress, line1: `${order.shippingAddress.line1} Top flat` } },
          },
          expect: closes('already_cancelled', 'The order is cancelled.', noMore),
        },
      ]
    },
  ],
}
