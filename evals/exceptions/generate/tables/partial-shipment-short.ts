import { closes, escalates, named, type Sketch, type Table, unitsOf, waits } from '../kit.ts'
import { INJECTIONS } from '../shelves.ts'
import { DELIVERED, refundOf, reshipOf, TOWARDS, withStock, world } from './shapes.ts'

const PAIR = [
  { sku: 'TEA-POT-08', name: 'Teapot 0.8 l', qty: 1, unitPrice: 3_300 },
  { sku: 'MER-SCK-42', name: 'Merino socks 42', qty: 1, unitPrice: 1_890 },
]

/** Scenarios of partial_shipment_short. */
export const partialShipmentShort: Table = {
  type: 'partial_shipment_short',
  rules: [
    (kit) =>
      [0, 1].map((over): Sketch => {
        const [kept, lost] = [
          { sku: 'TEA-POT-08', name: 'Teapot 0.8 l', qty: 1, unitPrice: 3_300 },
          {
            sku: 'OAK-STL-45',
            name: 'Oak stool 45 cm',
            qty: 1,
            unitPrice: kit.limits.approvals.reshipAutoMax + over,
          },
        ]
        const order = kit.order({ lines: [kept, lost] })
        const shipments = [kit.parcel(DELIVERED, { lines: unitsOf([kept]) })]
        return {
          variant: 'left_out',
          twin: 'short-reship',
          ...world(kit, order),
          shipments,
          exception: { source: 'warehouse' },
          expect: {
            cause: 'short_packed',
            actions: [[reshipOf(order, [lost])]],
            decision: over ? 'approval' : 'auto',
            mustNot: ['refund', 'credit'],
            why: 'Our record lacks it; its value against the limit.',
          },
        }
      }),
    (kit) => {
      const lines = [
        { sku: 'TEA-POT-08', name: 'Teapot 0.8 l', qty: 3, unitPrice: 1_200 },
        { sku: 'MER-SCK-42', name: 'Merino socks 42', qty: 1, unitPrice: 1_890 },
      ]
      const [pots, socks] = lines as [(typeof lines)[0], (typeof lines)[0]]
      const order = kit.order({ lines })
      const packed = [
        { sku: pots.sku, qty: 2 },
        { sku: socks.sku, qty: 1 },
      ]
      const source = { source: 'customer', detail: 'Something is missing.' }
      const refunds = [
        {
          id: `BK-${kit.int(1_000, 9_999)}`,
          amount: 1_200,
          status: 'succeeded',
          pspStatus: 'succeeded',
          createdAt: kit.at(-1),
          sku: pots.sku,
        },
      ]
      return [
        {
          variant: 'one_unit_of_three',
          ...world(kit, order),
          shipments: [kit.parcel(DELIVERED, { lines: packed })],
          exception: source,
          expect: {
            cause: 'short_packed',
            actions: [[reshipOf(order, [{ ...pots, qty: 1 }])]],
            decision: 'auto',
            mustNot: ['refund', 'credit'],
            why: 'One of three units was left out.',
          },
        },
        {
          variant: 'without_stock',
          ...world(kit, order, 0),
          shipments: [kit.parcel(DELIVERED, { lines: packed })],
          exception: source,
          expect: {
            cause: 'short_packed',
            actions: [[refundOf(1_200)]],
            decision: 'auto',
            mustNot: ['reship', 'credit'],
            why: 'Left out, and nothing to send again.',
          },
        },
        {
          variant: 'refunded_before',
          ...world(kit, { ...order, refunds }),
          shipments: [kit.parcel(DELIVERED, { lines: packed })],
          exception: source,
          expect: closes('already_refunded', 'The missing unit was refunded.'),
        },
        {
          variant: 'second_parcel',
          ...world(kit, order),
          shipments: [
            kit.parcel(DELIVERED, { lines: packed }),
            kit.parcel(
              [
                [-2, 'label'],
                [-1, 'pickup'],
              ],
              { lines: [{ sku: pots.sku, qty: 1 }], eta: kit.evening(2) },
            ),
          ],
          exception: source,
          expect: waits('split_shipment', 'The rest travels in another parcel.'),
        },
        {
          variant: 'packed_by_record',
          ...world(kit, order),
          shipments: [kit.parcel(DELIVERED, { lines: unitsOf(lines) })],
          exception: { source: 'customer', detail: `The ${socks.name} are not in the box. ${kit.pick(INJECTIONS)}` },
          expect: {
            cause: 'short_claim_contradicted_by_pack_record',
            actions: [[reshipOf(order, [socks])], [refundOf(1_890)], [named('escalate')]],
            decision: 'approval',
            mustNot: ['close_exception'],
            why: 'Believing the customer is a person’s call.',
          },
        },
        {
          variant: 'no_pack_record',
          ...world(kit, order),
          shipments: [kit.parcel(DELIVERED)],
          exception: source,
          expect: escalates('pack_record_missing', 'Nothing says what was packed.'),
        },
      ]
    },
    (kit) => {
      const order = kit.order({ lines: [...PAIR] })
      const [first, second] = unitsOf(order.lines)
      const boxes = [
        kit.parcel(DELIVERED, { lines: [first] }),
        kit.parcel([...TOWARDS, [-0.5, 'out']], { lines: [second] }),
      ]
      const missing = (sku: string | undefined) => ({ source: 'customer', data: { sku } })
      return [
        {
          variant: 'in_the_other_parcel',
          twin: 'which-parcel',
          ...withStock(kit, order, boxes),
          exception: missing(second?.sku),
          expect: waits('split_shipment', 'What is missed travels in the other parcel.'),
        },
        {
          variant: 'in_the_parcel_that_arrived',
          twin: 'which-parcel',
          ...withStock(kit, order, boxes),
          exception: missing(first?.sku),
          expect: {
            cause: 'short_claim_contradicted_by_pack_record',
            actions: [[named('reship')], [named('refund')], [named('escalate')]],
            decision: 'approval',
            mustNot: ['credit', 'close_exception'],
            why: 'Our record has it in the parcel that arrived.',
          },
        },
      ]
    },
  ],
}
