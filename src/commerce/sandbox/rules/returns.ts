import type { Decided, OrderFile } from '#db/commerce/order-files.port.ts'
import type { LineQuantity } from '#domain/order.ts'
import { isDelivered } from '#domain/parcels/parcel-signs.ts'
import { done, type Moment, refused, told, withOrder } from './effects/decide.ts'
import { ordered, resendable, summed } from './units/units.ts'

/** Lets the customer send units back that arrived and were neither paid back nor sent again. One return an order; no money moves. */
export function openReturn(file: OrderFile, moment: Moment, lines: LineQuantity[]): Decided {
  const { order, parcels } = file
  if (order.status === 'cancelled') return refused('already_cancelled')
  if (order.returning) return refused('already_done')
  if (order.status !== 'delivered' && !(parcels.length > 0 && parcels.every(isDelivered))) return refused('not_now')
  const units = summed(lines)
  if (units.some(({ sku }) => ordered(file, sku) === 0)) return refused('unknown_line')
  if (units.some(({ sku, qty }) => qty > ordered(file, sku))) return refused('more_than_ordered')
  if (units.some(({ sku, qty }) => qty > resendable(file, sku))) return refused('units_settled')
  return done(file, withOrder(file, { status: 'return_requested', returning: units }), moment, {
    prefix: 'RT',
    reversible: true,
    events: [told(file, 'orders', 'order.updated', { status: 'return_requested', returning: units })],
  })
}
