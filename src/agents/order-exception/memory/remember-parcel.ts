import type { RememberedParcel } from '#domain/exceptions/remembered-case.ts'
import type { CarrierEvent, Shipment } from '#domain/order.ts'
import { type EventMeaning, meaningOf } from '#domain/parcels/parcel-signs.ts'
import { isSignedBy } from '../signs/addresses.ts'
import type { Pseudonyms } from './pseudonyms.ts'

/** A carrier's plain words for what an event means. */
const WORDS: Record<EventMeaning, string> = {
  label: 'Label created',
  moving: 'Departed facility',
  out_for_delivery: 'Out for delivery',
  delivered: 'Delivered',
  address_problem: 'Address incomplete',
  damaged: 'Parcel damaged',
  lost: 'Lost',
  returning: 'Returning to sender',
  back_with_us: 'Returned to sender dock',
  problem: 'Delivery attempted',
  ended: 'Shipment cancelled by sender',
  unknown: '',
}
/** Names a carrier's record may hold a signature under. */
const SIGNATURES = ['signedBy', 'signed_by', 'signature', 'signatory', 'receivedBy', 'recipient', 'name']
const CODE = /^[\w./ -]{1,24}$/

/** A parcel whose events mean what they meant, in no words but ours; who signed is the addressee or nobody known. */
export function rememberParcel(parcel: Shipment, addressee: string, words: Pseudonyms): RememberedParcel {
  const { id, carrier, tracking, status, eta, events, lines, replaces } = parcel
  const signature = signatureOf(parcel)
  return {
    id: words.id('parcel', id),
    carrier,
    trackingNumber: words.id('tracking', tracking),
    status,
    ...(eta === undefined ? {} : { eta }),
    events: events.map((event) => rememberEvent(carrier, event)),
    ...(lines === undefined ? {} : { lines: lines.map(({ sku, qty }) => ({ sku, qty })) }),
    ...(signature === null
      ? {}
      : {
          proofOfDelivery: { signedBy: isSignedBy(signature, addressee) ? words.person(addressee) : 'Somebody else' },
        }),
    ...(replaces === undefined ? {} : { replaces: words.id('parcel', replaces) }),
  }
}

function rememberEvent(carrier: string, event: CarrierEvent): RememberedParcel['events'][number] {
  const meaning = meaningOf(carrier, event)
  const code = CODE.test(event.code) ? event.code : ''
  const forms = ['', WORDS[meaning]].map((description) => ({ at: event.at, code, description }))
  return (
    forms.find((form) => meaningOf(carrier, form) === meaning) ?? {
      at: event.at,
      code: '',
      description: WORDS[meaning],
    }
  )
}

function signatureOf({ proofOfDelivery }: Shipment): string | null {
  const proof: unknown = proofOfDelivery
  if (typeof proof === 'string') return proof
  if (typeof proof !== 'object' || proof === null) return null
  const signatures = SIGNATURES.map((member) => (proof as Record<string, unknown>)[member])
  return signatures.find((signature): signature is string => typeof signature === 'string') ?? null
}
