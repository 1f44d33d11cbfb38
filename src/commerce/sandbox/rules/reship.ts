import type { Decided, OrderFile, OrderRecord } from '#db/commerce/order-files.port.ts'
import type { LineQuantity } from '#domain/order.ts'
import { done, type Moment, recordId, refused, told, withRecords } from './effects/decide.ts'
import { freeAt, reserved } from './units/reservations.ts'
import { givenBack, mayBePaidBack, ordered, resendable, summed } from './units/units.ts'
import { parcelOf } from './units/whereabouts.ts'

/** A second parcel with units of the order, its stock promised unless they are back here, never for units that were paid back or sent again before. */
export function reship(file: OrderFile, moment: Moment, wanted: LineQuantity[]): Decided {
  const units = summed(wanted)
  if (file.order.status === 'cancelled') return refused('already_cancelled')
  if (units.some(({ sku }) => ordered(file, sku) === 0)) return refused('unknown_line')
  if (units.some(({ sku, qty }) => qty > ordered(file, sku))) return refused('more_than_ordered')
  const isPaidBack = givenBack(file) >= file.order.total && givenBack(file) > 0
  if (isPaidBack || mayBePaidBack(file, units)) return refused('units_settled')
  if (units.some(({ sku, qty }) => qty > resendable(file, sku))) return refused('units_settled')
  // What came back to our dock goes out again itself; no shelf has to cover it.
  const places = isBackHere(file, units) ? [] : placesFor(file, units)
  if (!places) return refused('out_of_stock')
  const parcel = {
    id: recordId('SH', moment),
    carrier: parcelOf(file, null)?.carrier ?? '',
    tracking: '',
    status: 'preparing',
    events: [],
    lines: units,
    ...(parcelOf(file, null) ? { replaces: parcelOf(file, null)?.id ?? '' } : {}),
  }
  const records: OrderRecord[] = places.map(({ unit, location }, at) => ({
    id: recordId('RV', moment, at),
    at: moment.at,
    kind: 'reservation',
    ...unit,
    location,
    purpose: 'reship',
  }))
  const settled: OrderRecord = {
    id: recordId('SU', moment),
    at: moment.at,
    kind: 'settled_units',
    by: 'reship',
    units,
    reference: parcel.id,
  }
  const promised = places.reduce((after, { unit, location }) => reserved(after, unit, location), file)
  const after = withRecords({ ...promised, parcels: [...file.parcels, parcel] }, ...records, settled)
  return done(file, after, moment, {
    prefix: 'SH',
    reversible: true,
    events: [told(file, 'orders', 'order.updated', { reshipped: units, parcel: parcel.id })],
  })
}

function isBackHere({ parcels }: OrderFile, units: LineQuantity[]): boolean {
  const returned = parcels.filter(({ status }) => status === 'returned')
  const back = (sku: string) =>
    returned.flatMap(({ lines }) => lines ?? []).reduce((sum, line) => sum + (line.sku === sku ? line.qty : 0), 0)
  return returned.some(({ lines }) => lines === undefined) || units.every(({ sku, qty }) => back(sku) >= qty)
}

/** One place for all where there is one, else the first with enough for each; null when some unit is nowhere. */
function placesFor({ stock }: OrderFile, units: LineQuantity[]): { unit: LineQuantity; location: string }[] | null {
  const has = (location: string, { sku, qty }: LineQuantity) =>
    stock.some((place) => place.location === location && place.sku === sku && freeAt(place) >= qty)
  const locations = [...new Set(stock.map(({ location }) => location))].sort()
  const together = locations.find((location) => units.every((unit) => has(location, unit)))
  const places = units.map((unit) => ({ unit, location: together ?? locations.find((one) => has(one, unit)) }))
  const isComplete = (place: { location?: string | undefined }): place is { unit: LineQuantity; location: string } =>
    place.location !== undefined
  return places.every(isComplete) ? places : null
}
