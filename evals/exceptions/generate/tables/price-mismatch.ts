import { closes, escalates, MONEY, named, type Sketch, type Table } from '../kit.ts'

/** Scenarios of price_mismatch. */
export const priceMismatch: Table = {
  type: 'price_mismatch',
  rules: [
    (kit) => {
      const listed = 8_000
      const off = Math.floor((listed * kit.limits.priceMaxPct) / 100)
      const order = (unitPrice: number, qty = 1) =>
        kit.order({
          status: 'processing',
          placedDaysAgo: 2,
          promisedInDays: 3,
          lines: [{ sku: 'RAN-CAP-L', name: 'Rain cape L', qty, unitPrice }],
        })
      const prices = (...steps: [number, number][]) =>
        steps.map(([listPrice, days]) => ({ sku: 'RAN-CAP-L', listPrice, effectiveFrom: kit.at(days) }))
      const sketch = (
        variant: string,
        made: ReturnType<typeof order>,
        priceList: Record<string, unknown>[],
        expect: Sketch['expect'],
        twin?: string,
      ): Sketch => ({
        variant,
        order: made,
        inventory: kit.stock(made.lines, 20),
        priceList,
        exception: { source: 'price_audit' },
        expect,
        ...(twin ? { twin } : {}),
      })
      const max = kit.limits.approvals.refundAutoMax
      const paysBack = (amount: number): Sketch['expect'] => ({
        cause: 'overcharged',
        actions: [[named('refund', { amount })]],
        decision: amount <= max ? 'auto' : 'approval',
        mustNot: ['credit', 'reship', 'cancel_order'],
        why: 'The difference times the units.',
      })
      const stands = closes('undercharged_small', 'The shop stands by it.', [...MONEY, 'cancel_order', 'correct_price'])
      const error = escalates('pricing_error', 'Too far off, and not shipped.', [
        ...MONEY,
        'cancel_order',
        'correct_price',
        'close_exception',
      ])
      const wide = kit.order({
        status: 'shipped',
        lines: [{ sku: 'RAN-CAP-L', name: 'Rain cape L', qty: 1, unitPrice: listed - off - 1 }],
      })
      return [
        sketch(
          'changed_later',
          order(listed),
          prices([listed, -40], [6_900, -1]),
          closes('price_changed_later', 'Right at that moment.'),
        ),
        sketch('old_price_over', order(listed), prices([listed, -40], [7_500, -2.5]), paysBack(500)),
        sketch('as_far_off_as_allowed', order(listed - off), prices([listed, -40]), stands, 'price-share'),
        sketch('further_off', order(listed - off - 1), prices([listed, -40]), error, 'price-share'),
        {
          ...sketch('further_off_and_shipped', wide, prices([listed, -40]), stands),
          shipments: [
            kit.parcel([
              [-2, 'label'],
              [-1, 'pickup'],
            ]),
          ],
        },
        sketch('three_units', order(listed + 700, 3), prices([listed, -40]), paysBack(2_100)),
        sketch(
          'refund_at_limit',
          order(listed + max / 10, 10),
          prices([listed, -40]),
          max / 10 <= off ? paysBack(max) : error,
          'price-refund',
        ),
        sketch(
          'no_price_known',
          order(listed),
          [],
          escalates('price_unknown', 'No list price was in force.', [...MONEY, 'correct_price']),
        ),
      ]
    },
  ],
}
