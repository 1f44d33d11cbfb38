import type { ReportedException } from '../exceptions/facts.ts'
import type { CarrierEvent, Shipment } from '../order.ts'
import { timeOf } from '../time/calendar.ts'
import { normaliseCarrierEvent } from './carrier-event.ts'

/** What a carrier's event means for a case: finer than the state of the parcel where rules differ. */
export type EventMeaning =
  | 'label'
  | 'moving'
  | 'out_for_delivery'
  | 'delivered'
  | 'address_problem'
  | 'damaged'
  | 'lost'
  | 'returning'
  | 'back_with_us'
  | 'problem'
  | 'ended'
  | 'unknown'

const DAMAGE_CODES = new Set(['DMG', 'DAMAGED', 'DAMAGE', 'DM'])
const LOST_CODES = new Set(['LOST', 'LS', 'LC'])
const ADDRESS_CODES = new Set(['BA', 'ADDR', 'ADDRESS', 'INCORRECT_ADDRESS', 'INSUFFICIENT_ADDRESS', 'ADDRESSNOTFOUND'])

/** How carriers begin such a description. Only its first words count, and only to tell one problem from another. */
const DAMAGE_WORDS =
  /^(the )?(package|parcel|shipment|item|contents|merchandise)?s?\s*((is|was|has been|arrived)\s+)?damaged?\b/i
const LOST_WORDS =
  /^(the )?(package|parcel|shipment|item)?s?\s*((is|was|has been|reported|declared|cannot be)\s+)*(lost|located)\b/i
const ADDRESS_WORDS =
  /^(the )?(receiver('s)? |delivery )?(address|incorrect address|insufficient address|wrong address|no such number|unknown address)\b/i
/** The end of a way back: at the sender's dock, by place or by words. */
const OUR_DOCK = /^(sender|shipper)('s)? dock\b/i
const BACK_WORDS =
  /^(returned to|received at) (the )?(sender|shipper)('s)? dock\b|^(delivered to|received by) (the )?(sender|shipper)\b/i

/**
 * What an event says. The code decides the state; words can only tell apart what a code leaves open, and only those in front
 * of the first break, so that a note hung on an event changes nothing.
 */
export function meaningOf(carrier: string, event: CarrierEvent): EventMeaning {
  const words = leadingWords(event.description)
  const code = event.code.trim().toUpperCase()
  switch (normaliseCarrierEvent({ carrier, code, description: words })) {
    case 'pre_transit':
      return 'label'
    case 'in_transit':
      return 'moving'
    case 'out_for_delivery':
      return 'out_for_delivery'
    case 'delivered':
      return isAtOurDock(event, words) ? 'back_with_us' : 'delivered'
    case 'return_to_sender':
      // Some carriers send a parcel back with the code that names the fault in the address.
      if (ADDRESS_WORDS.test(words)) return 'address_problem'
      return isAtOurDock(event, words) ? 'back_with_us' : 'returning'
    case 'failure':
      return LOST_CODES.has(code) || LOST_WORDS.test(words) ? 'lost' : 'ended'
    case 'exception':
      if (DAMAGE_CODES.has(code) || DAMAGE_WORDS.test(words)) return 'damaged'
      return ADDRESS_CODES.has(code) || ADDRESS_WORDS.test(words) ? 'address_problem' : 'problem'
    case null:
      return 'unknown'
  }
}

/** What the newest event by its own time says, wherever it stands in the list; null when there is none. */
export function newestSign(parcel: Shipment): { meaning: EventMeaning; event: CarrierEvent } | null {
  const [first, ...others] = parcel.events
  if (first === undefined) return null
  const event = others.reduce((best, other) => (timeOf(other.at) >= timeOf(best.at) ? other : best), first)
  return { meaning: meaningOf(parcel.carrier, event), event }
}

export function isDelivered(parcel: Shipment): boolean {
  return newestSign(parcel)?.meaning === 'delivered'
}

/** Whether any event says so, however long ago. */
export function hasEver(parcel: Shipment, meaning: EventMeaning): boolean {
  return parcel.events.some((event) => meaningOf(parcel.carrier, event) === meaning)
}

/** Whether the carrier has it: anything but a label, or no event at all. */
export function isHandedOver(parcel: Shipment): boolean {
  return parcel.events.some((event) => !['label', 'unknown'].includes(meaningOf(parcel.carrier, event)))
}

/**
 * The parcel a report is about: the one it names, the only one, or the only one that has not arrived (all arrived: the last
 * to do so). Null where that cannot be told: then nothing may be decided.
 */
export function parcelInQuestion(parcels: Shipment[], { data }: ReportedException): Shipment | null {
  const named = [data.shipmentId, data.trackingNumber, data.tracking].filter((name) => typeof name === 'string')
  if (named.length > 0)
    return parcels.find(({ id, tracking }) => named.includes(id) || named.includes(tracking)) ?? null
  // A parcel whose units went out again has had its turn.
  const replaced = new Set(parcels.map(({ replaces }) => replaces))
  const open = parcels.filter((parcel) => !isDelivered(parcel) && !replaced.has(parcel.id))
  if (open.length > 1) return null
  return open[0] ?? [...parcels].sort((one, other) => newestTime(one) - newestTime(other)).at(-1) ?? null
}

const newestTime = (parcel: Shipment) => timeOf(newestSign(parcel)?.event.at ?? '1970-01-01T00:00:00Z')

const isAtOurDock = ({ location }: CarrierEvent, words: string) =>
  OUR_DOCK.test(location ?? '') || BACK_WORDS.test(words)

/** The description up to the first full stop, colon, bracket, dash between blanks, quote or line end. */
function leadingWords(description: string): string {
  return (
    description
      .trim()
      .split(/[.:;!?("“\n\r|]|\s[-–—]\s/)[0]
      ?.slice(0, 120) ?? ''
  )
}
