type Scan = { code: string; description: string }
const MEANINGS = [
  'label',
  'pickup',
  'hub',
  'left',
  'out',
  'delivered',
  'delay',
  'address',
  'damage',
  'lost',
  'returning',
  'dock',
  'attempt',
] as const
type Meaning = (typeof MEANINGS)[number]
export type Carrier = { name: string; hubs: string[]; codes: Record<Meaning, Scan> }

const WORDS: Record<Meaning, string> = {
  label: 'Shipping label created',
  pickup: 'Picked up from sender',
  hub: 'Arrived at sort facility',
  left: 'Departed facility',
  out: 'Out for delivery',
  delivered: 'Delivered',
  delay: 'Delayed, new delivery date to follow',
  address: 'Address incomplete, house number missing',
  damage: 'Parcel damaged, under inspection',
  lost: 'Parcel cannot be located',
  returning: 'Returning to shipper',
  dock: 'Returned to shipper dock',
  attempt: 'Delivery attempted, recipient not home',
}

/** Codes in the order of MEANINGS. Sources: the carriers' lists named in src/domain/parcels/vocabularies; short words where a carrier has none. */
const CODES = {
  ups: 'MP OR AR DP OF FS DJ ADDR DMG LOST RS RS ATT',
  fedex: 'OC PU AR DP OD DL DY DE DMG LOST RS RS DE',
  usps: 'GX 03 10 SF OF 01 DELAY ADDR DMG LOST RTS RTS 02',
  dhl: 'SA PU AF DF WC OK TD BA DMG LS RT RT NH',
  dpd: 'INFO COLL ARR DEP OFD DEL DLY ADDR DMG LOST RTS RTS ATT',
  royalmail: 'INFO COLL ARR DEP OFD DEL DLY ADDR DMG LOST RTS RTS ATT',
  canadapost: 'INFO COLL ARR DEP OFD DEL DLY ADDR DMG LOST RTS RTS ATT',
}
const HUBS: Record<keyof typeof CODES, string[]> = {
  ups: ['Louisville, KY', 'Ontario, CA'],
  fedex: ['Memphis, TN', 'Indianapolis, IN'],
  usps: ['Atlanta, GA', 'Chicago, IL'],
  dhl: ['Leipzig', 'Köln', 'Bruchsal'],
  dpd: ['Aschaffenburg', 'Smethwick'],
  royalmail: ['Warrington', 'Daventry'],
  canadapost: ['Mississauga, ON', 'Richmond, BC'],
}

/** A carrier with its codes for what the tables need; what a code means stands in the carriers' own lists. */
export function carrierOf(name: keyof typeof CODES): Carrier {
  const codes = CODES[name].split(' ')
  const scans = MEANINGS.map((meaning, position) => [
    meaning,
    { code: codes[position] ?? '', description: WORDS[meaning] },
  ])
  return { name, hubs: HUBS[name], codes: Object.fromEntries(scans) }
}
