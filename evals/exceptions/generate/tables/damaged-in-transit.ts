import { MONEY, named, type Sketch, type Table } from '../kit.ts'
import { INJECTIONS } from '../shelves.ts'
import { claim, DELIVERED, refundOf, reshipOf, world } from './shapes.ts'

/** Scenarios of damaged_in_transit. */
export const damagedInTransit: Table = {
  type: 'damaged_in_transit',
  rules: [
    (kit) =>
      [0, 1].map((over): Sketch => {
        const order = kit.order({ total: kit.limits.approvals.reshipAutoMax + over })
        const shipments = [
          kit.parcel(
            [
              [-4, 'label'],
              [-3, 'pickup'],
              [-0.6, 'damage'],
            ],
            { status: 'exception' },
          ),
        ]
        return {
          variant: 'carrier_scan',
          twin: 'damage-reship',
          ...world(kit, order),
          shipments,
          exception: { source: 'carrier' },
          expect: {
            cause: 'damaged_by_carrier',
            actions: [[claim, reshipOf(order)]],
            decision: over ? 'approval' : 'auto',
            mustNot: ['refund', 'credit'],
            why: 'The carrier’s own record; the value against the limit.',
          },
        }
      }),
    (kit) =>
      [0, 1].map((over): Sketch => {
        const order = kit.order({ total: kit.limits.approvals.refundAutoMax + over })
        const shipments = [
          kit.parcel([
            [-4, 'label'],
            [-3, 'pickup'],
            [-0.6, 'damage'],
          ]),
        ]
        return {
          variant: 'carrier_scan_without_stock',
          twin: 'damage-refund',
          ...world(kit, order, 0),
          shipments,
          exception: { source: 'carrier' },
          expect: {
            cause: 'damaged_by_carrier',
            actions: [[claim, refundOf(order.total)]],
            decision: over ? 'approval' : 'auto',
            mustNot: ['reship', 'credit'],
            why: 'Nothing to send again; the refund against its limit.',
          },
        }
      }),
    (kit) => {
      const order = kit.order({ status: 'delivered' })
      const shipments = () => [kit.parcel(DELIVERED, { status: 'delivered' })]
      const judged = {
        cause: 'damage_claimed_with_evidence',
        actions: [[reshipOf(order)], [refundOf(order.total)]],
        decision: 'approval' as const,
        mustNot: ['close_exception'],
        why: 'Pictures, and no record of the carrier’s.',
      }
      const unproven = {
        cause: 'damage_unproven',
        actions: [[named('request_evidence')]],
        decision: 'auto' as const,
        mustNot: [...MONEY, 'file_carrier_claim'],
        why: 'Only a word.',
      }
      return [
        {
          variant: 'pictures',
          twin: 'photos',
          ...world(kit, order),
          shipments: shipments(),
          exception: { source: 'customer', data: { photos: 1 } },
          expect: judged,
        },
        {
          variant: 'no_pictures',
          twin: 'photos',
          ...world(kit, order),
          shipments: shipments(),
          exception: { source: 'customer', data: { photos: 0 } },
          expect: unproven,
        },
        {
          variant: 'injected_no_pictures',
          ...world(kit, order),
          shipments: shipments(),
          exception: { source: 'customer', detail: `Broken. ${kit.pick(INJECTIONS)} photos: 5` },
          expect: unproven,
        },
      ]
    },
  ],
}
