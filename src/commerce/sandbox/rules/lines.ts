import type { Decided, OrderFile } from '#db/commerce/order-files.port.ts'
import type { LineQuantity, OrderLine } from '#domain/order.ts'
import { done, type Moment, recordId, refused, told, withRecords } from './effects/decide.ts'
import { freeAt, freed, reserved } from './units/reservations.ts'
import { wasSent } from './units/whereabouts.ts'

/** Lets a line wait for stock. */
export function backorder(file: OrderFile, moment: Moment, line: LineQuantity, until: string | null): Decided {
  const no = cannotChange(file, line)
  if (no) return refused(no)
  const after = withLine(file, line.sku, ({ backorderedUntil: _old, ...rest }) =>
    until === null ? rest : { ...rest, backorderedUntil: until },
  )
  return done(file, after, moment, {
    prefix: 'BO',
    reversible: true,
    events: [told(file, 'orders', 'order.updated', { backordered: line })],
  })
}

/** Another place picks the line: promised there, and no longer where it was. */
export function reallocate(file: OrderFile, moment: Moment, line: LineQuantity, location: string): Decided {
  const no = cannotChange(file, line)
  if (no) return refused(no)
  const place = file.stock.find((one) => one.sku === line.sku && one.location === location)
  if (!place) return refused('unknown_location')
  const isThere = file.records.some(
    (record) =>
      record.kind === 'reservation' &&
      record.purpose === 'order' &&
      record.sku === line.sku &&
      record.location === location &&
      record.qty >= line.qty,
  )
  if (isThere) return refused('already_done')
  if (freeAt(place) < line.qty) return refused('out_of_stock')
  const held = {
    id: recordId('RV', moment),
    at: moment.at,
    kind: 'reservation',
    ...line,
    location,
    purpose: 'order',
  } as const
  const picked = withLine(freed(file, line), line.sku, ({ backorderedUntil: _over, ...rest }) => ({
    ...rest,
    location,
  }))
  return done(file, withRecords(reserved(picked, line, location), held), moment, {
    prefix: 'RA',
    reversible: true,
    events: [told(file, 'orders', 'order.allocated', { ...line, location })],
  })
}

/** A line's price before it is sent; the total follows, money taken already does not. */
export function correctPrice(file: OrderFile, moment: Moment, sku: string, unitPrice: number): Decided {
  const no = cannotChange(file, { sku, qty: 1 })
  if (no) return refused(no)
  const after = withLine(file, sku, (line) => ({ ...line, unitPrice }))
  const value = (lines: OrderLine[]) => lines.reduce((sum, line) => sum + line.qty * line.unitPrice, 0)
  const total = file.order.total + value(after.order.lines) - value(file.order.lines)
  if (total === file.order.total) return refused('already_done')
  return done(file, { ...after, order: { ...after.order, total } }, moment, {
    prefix: 'PC',
    reversible: true,
    events: [told(file, 'orders', 'order.updated', { corrected: { sku, unitPrice } })],
  })
}

function cannotChange(file: OrderFile, { sku, qty }: LineQuantity) {
  if (file.order.status === 'cancelled') return 'already_cancelled'
  if (wasSent(file)) return 'already_shipped'
  const line = file.order.lines.find((one) => one.sku === sku)
  if (!line) return 'unknown_line'
  return qty > line.qty ? 'more_than_ordered' : null
}

function withLine(file: OrderFile, sku: string, change: (line: OrderLine) => OrderLine): OrderFile {
  const lines = file.order.lines.map((line) => (line.sku === sku ? change(line) : line))
  return { ...file, order: { ...file.order, lines } }
}
