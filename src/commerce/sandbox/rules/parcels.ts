import type { Decided, OrderFile } from '#db/commerce/order-files.port.ts'
import type { CustomerMessage } from '../../customer-messenger.port.ts'
import { done, type Moment, recordId, refused, withRecords } from './effects/decide.ts'
import { parcelOf } from './units/whereabouts.ts'

/** Asks a carrier to look for a parcel. */
export function openTrace(file: OrderFile, moment: Moment, shipment: string | null): Decided {
  const parcel = parcelOf(file, shipment)
  if (!parcel) return refused('unknown_shipment')
  if (file.records.some((record) => record.kind === 'trace' && record.shipment === parcel.id))
    return refused('already_done')
  const record = { id: recordId('TR', moment), at: moment.at, kind: 'trace', shipment: parcel.id } as const
  return done(file, withRecords(file, record), moment, { prefix: 'TR', reversible: false, events: [] })
}

/** Claims a lost or damaged parcel's value from the carrier. */
export function fileClaim(
  file: OrderFile,
  moment: Moment,
  claim: { shipment: string | null; amount: number; reason: string },
): Decided {
  const parcel = parcelOf(file, claim.shipment)
  if (!parcel) return refused('unknown_shipment')
  if (file.records.some((record) => record.kind === 'claim' && record.shipment === parcel.id))
    return refused('already_done')
  const { amount, reason } = claim
  const record = {
    id: recordId('CC', moment),
    at: moment.at,
    kind: 'claim',
    shipment: parcel.id,
    amount,
    reason,
  } as const
  return done(file, withRecords(file, record), moment, { prefix: 'CC', reversible: false, events: [] })
}

/** A message to the customer, kept as it was sent. */
export function send(
  file: OrderFile,
  moment: Moment,
  { kind: message, topic, text, receipts }: CustomerMessage,
): Decided {
  const record = { id: recordId('MS', moment), at: moment.at, kind: 'message', message, topic, text, receipts } as const
  return done(file, withRecords(file, record), moment, { prefix: 'MS', reversible: false, events: [] })
}
