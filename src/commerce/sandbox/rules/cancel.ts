import type { Decided, OrderFile, OrderRecord } from '#db/commerce/order-files.port.ts'
import type { LineQuantity } from '#domain/order.ts'
import { done, type Moment, recordId, refused, told, withRecords } from './effects/decide.ts'
import { freed } from './units/reservations.ts'
import { wasSent } from './units/whereabouts.ts'

/** Cancels what was not sent and frees its stock. Money stays where it is; what is only authorised is voided within the hour. */
export function cancel(file: OrderFile, moment: Moment, reason: string): Decided {
  if (file.order.status === 'cancelled') return refused('already_cancelled')
  if (wasSent(file)) return refused('already_shipped')
  const order = { ...file.order, status: 'cancelled', cancelReason: reason, cancelledAt: moment.at }
  return done(file, { ...freed(file, null), order }, moment, {
    prefix: 'CX',
    reversible: true,
    events: [told(file, 'orders', 'order.cancelled', { reason })],
  })
}

/** Takes units off the order. The last unit gone cancels it. */
export function cancelLine(file: OrderFile, moment: Moment, { sku, qty }: LineQuantity): Decided {
  if (file.order.status === 'cancelled') return refused('already_cancelled')
  if (wasSent(file)) return refused('already_shipped')
  const line = file.order.lines.find((one) => one.sku === sku)
  if (!line) return refused('unknown_line')
  if (qty > line.qty) return refused('more_than_ordered')
  const lines = file.order.lines.flatMap((one) =>
    one !== line ? [one] : one.qty === qty ? [] : [{ ...one, qty: one.qty - qty }],
  )
  const order = {
    ...file.order,
    lines,
    total: file.order.total - qty * line.unitPrice,
    ...(lines.length === 0
      ? { status: 'cancelled', cancelReason: 'every line was cancelled', cancelledAt: moment.at }
      : {}),
  }
  const settled: OrderRecord = {
    id: recordId('CU', moment),
    at: moment.at,
    kind: 'settled_units',
    by: 'cancel',
    units: [{ sku, qty }],
    reference: recordId('CL', moment),
  }
  return done(file, withRecords({ ...freed(file, { sku, qty }), order }, settled), moment, {
    prefix: 'CL',
    reversible: true,
    events: [
      lines.length === 0
        ? told(file, 'orders', 'order.cancelled', { reason: order.cancelReason ?? '' })
        : told(file, 'orders', 'order.updated', { cancelledLine: { sku, qty } }),
    ],
  })
}
