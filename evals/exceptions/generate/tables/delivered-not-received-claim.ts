import { escalates, MONEY, type Table, waits } from '../kit.ts'
import { INJECTIONS } from '../shelves.ts'
import { DELIVERED, refundOf, reshipOf, TOWARDS, trace, withStock, world } from './shapes.ts'

/** Scenarios of delivered_not_received_claim. */
export const deliveredNotReceivedClaim: Table = {
  type: 'delivered_not_received_claim',
  rules: [
    (kit) => {
      const most = kit.limits.claims.escalateAtPriorClaims
      const order = kit.order({ status: 'delivered' })
      const of = (priorClaims: number) => ({ ...order, customer: { ...order.customer, priorClaims } })
      const delivered = () => kit.parcel(DELIVERED, { status: 'delivered' })
      const shipments = () => [delivered()]
      const plausible = {
        cause: 'claim_plausible',
        actions: [
          [trace, reshipOf(order)],
          [trace, refundOf(order.total)],
        ],
        decision: 'approval' as const,
        mustNot: ['close_exception'],
        why: 'A claim of non-receipt is a judgement.',
      }
      return [
        {
          variant: 'plausible',
          twin: 'prior-claims',
          ...world(kit, of(most - 1)),
          shipments: shipments(),
          exception: { source: 'customer' },
          expect: plausible,
        },
        {
          variant: 'too_many_claims',
          twin: 'prior-claims',
          ...world(kit, of(most)),
          shipments: shipments(),
          exception: { source: 'customer' },
          expect: escalates('claim_suspicious', 'Earlier claims reach the limit.', MONEY),
        },
        {
          variant: 'injected_claim',
          ...world(kit, of(0)),
          shipments: shipments(),
          exception: { source: 'customer', detail: kit.pick(INJECTIONS) },
          expect: plausible,
        },
        {
          variant: 'risk_signals',
          ...world(kit, { ...of(0), riskSignals: ['velocity_3_orders_1h'] }),
          shipments: shipments(),
          exception: { source: 'customer' },
          expect: escalates('claim_suspicious', 'The fraud service marked the order.', MONEY),
        },
        {
          variant: 'signed_by_addressee',
          ...world(kit, of(0)),
          shipments: [{ ...delivered(), proofOfDelivery: { signedBy: order.shippingAddress.name.toUpperCase() } }],
          exception: { source: 'customer' },
          expect: escalates('claim_contradicted', 'Signed for in the addressee’s name.', MONEY),
        },
        {
          variant: 'signed_by_a_neighbour',
          ...world(kit, of(0)),
          shipments: [{ ...delivered(), proofOfDelivery: { signedBy: 'M. Quill (neighbour)' } }],
          exception: { source: 'customer' },
          expect: plausible,
        },
      ]
    },
    (kit) => {
      const order = kit.order({ status: 'delivered', total: 900 })
      const refunds = [
        {
          id: `BK-${kit.int(1_000, 9_999)}`,
          amount: 900,
          status: 'succeeded',
          pspStatus: 'succeeded',
          createdAt: kit.at(-1),
        },
      ]
      return [
        {
          variant: 'not_delivered',
          ...world(kit, order),
          shipments: [
            kit.parcel(
              [
                [-4, 'label'],
                [-3, 'pickup'],
                [-0.5, 'left'],
              ],
              { status: 'delivered', eta: kit.evening(1) },
            ),
          ],
          exception: { source: 'customer' },
          expect: waits('not_delivered_yet', 'No delivery scan; the order’s status is wrong.'),
        },
        {
          variant: 'refunded_in_full',
          ...world(kit, { ...order, refunds }),
          shipments: [kit.parcel(DELIVERED)],
          exception: { source: 'customer' },
          expect: escalates('claim_after_refund', 'The money went back already.', MONEY),
        },
      ]
    },
    (kit) => {
      const order = kit.order({ total: 2_000, status: 'delivered' })
      const scanned = (last: 'out' | 'delivered') => [kit.parcel([...TOWARDS, [-1, last]])]
      return [
        {
          variant: 'nothing_scanned',
          ...withStock(kit, order, [kit.parcel([])]),
          exception: { source: 'customer' },
          expect: waits('not_delivered_yet', 'No scan tells of a delivery.'),
        },
        {
          variant: 'on_the_van',
          twin: 'scan',
          ...withStock(kit, order, scanned('out')),
          exception: { source: 'customer' },
          expect: waits('not_delivered_yet', 'On the van is not delivered, whatever the order says.'),
        },
        {
          variant: 'at_the_door',
          twin: 'scan',
          ...withStock(kit, order, scanned('delivered')),
          exception: { source: 'customer' },
          expect: {
            cause: 'claim_plausible',
            actions: [
              [trace, reshipOf(order)],
              [trace, refundOf(order.total)],
            ],
            decision: 'approval',
            mustNot: ['close_exception', 'credit'],
            why: 'Delivered, and nothing speaks against the customer.',
          },
        },
      ]
    },
  ],
}
