import { closes, escalates, MONEY, named, type Sketch, type Table } from '../kit.ts'
import { open } from './shapes.ts'

/** Scenarios of out_of_stock_open_order. */
export const outOfStockOpenOrder: Table = {
  type: 'out_of_stock_open_order',
  rules: [
    (kit) => {
      const line = { sku: 'IRN-PAN-28', name: 'Iron pan 28 cm', qty: 2, unitPrice: 2_245 }
      const order = open(kit, { lines: [line] })
      const at = (location: string, onHand: number, reserved: number, rest = {}) => ({
        sku: line.sku,
        location,
        onHand,
        reserved,
        ...rest,
      })
      const days = kit.limits.backorderMaxDays
      const shelved = (
        variant: string,
        inventory: Record<string, unknown>[],
        expect: Sketch['expect'],
        twin?: string,
      ): Sketch => ({ variant, order, inventory, ...(twin ? { twin } : {}), expect })
      const elsewhere = {
        cause: 'stock_elsewhere',
        actions: [[named('reallocate_stock', { sku: line.sku, qty: 2, location: 'ANNEX-2' })]],
        decision: 'auto' as const,
        mustNot: [...MONEY, 'cancel_line'],
        why: 'Another place has enough free units.',
      }
      const incoming = {
        cause: 'stock_incoming',
        actions: [[named('backorder_line', { sku: line.sku, qty: 2 }), named('notify_customer')]],
        decision: 'auto' as const,
        mustNot: [...MONEY, 'cancel_line', 'cancel_order'],
        why: 'A delivery covers it in time.',
      }
      const gone = {
        cause: 'stock_unavailable',
        actions: [[named('cancel_line', { sku: line.sku, qty: 2 }), named('refund', { amount: 4_490 })]],
        decision: kit.limits.approvals.refundAutoMax >= 4_490 ? ('auto' as const) : ('approval' as const),
        mustNot: ['reship', 'credit', 'backorder_line'],
        why: 'Nowhere, and none in time.',
      }
      return [
        shelved(
          'free_again',
          [at('DC-EAST', 5, 3)],
          closes('stock_restored', 'Two are free where two are needed.', [...MONEY, 'cancel_line']),
          'free-here',
        ),
        shelved('one_free_only', [at('DC-EAST', 4, 3), at('ANNEX-2', 6, 4)], elsewhere, 'free-here'),
        shelved('all_reserved_elsewhere', [at('DC-EAST', 3, 3), at('STORE-3', 8, 7), at('ANNEX-2', 9, 1)], elsewhere),
        shelved(
          'arrives_in_time',
          [at('DC-EAST', 0, 0, { incomingAt: kit.at(days), incomingQty: 10 })],
          incoming,
          'incoming-days',
        ),
        shelved(
          'arrives_too_late',
          [at('DC-EAST', 0, 0, { incomingAt: kit.at(days + 1), incomingQty: 10 })],
          gone,
          'incoming-days',
        ),
        shelved(
          'too_few_arrive',
          [at('DC-EAST', 0, 0, { incomingAt: kit.at(1), incomingQty: 1 })],
          gone,
          'incoming-units',
        ),
        shelved(
          'enough_arrive',
          [at('DC-EAST', 0, 0, { incomingAt: kit.at(1), incomingQty: 2 })],
          incoming,
          'incoming-units',
        ),
        shelved('nobody_counts_it', [], escalates('stock_unknown', 'No place counts this SKU.')),
      ]
    },
    (kit) =>
      [0, 1].map((over): Sketch => {
        const order = open(kit, { total: kit.limits.approvals.refundAutoMax + over })
        const [line] = order.lines
        return {
          variant: 'gone',
          twin: 'stock-refund',
          order,
          inventory: [{ sku: line?.sku, location: 'DC-EAST', onHand: 0, reserved: 0 }],
          expect: {
            cause: 'stock_unavailable',
            actions: [[named('cancel_line', { sku: line?.sku, qty: 1 }), named('refund', { amount: order.total })]],
            decision: over ? 'approval' : 'auto',
            mustNot: ['reship', 'credit', 'backorder_line'],
            why: 'The refund against its limit.',
          },
        }
      }),
    (kit) => {
      const order = open(kit, { total: 60_000, paymentStatus: 'authorized' })
      const [line] = order.lines
      return [
        {
          variant: 'gone_and_not_captured',
          order,
          inventory: [{ sku: line?.sku, location: 'DC-EAST', onHand: 1, reserved: 1 }],
          expect: {
            cause: 'stock_unavailable',
            actions: [[named('cancel_line', { sku: line?.sku, qty: 1 })]],
            decision: 'auto',
            mustNot: [...MONEY, 'backorder_line'],
            why: 'Nothing was taken, so nothing goes back.',
          },
        },
      ]
    },
  ],
}
