import { join } from 'node:path'
import type { Seeded } from './seeded.ts'
import { read, TABLES } from './tables.ts'
import { HOUR, iso } from './working-days.ts'

export type Carrier = 'dhl' | 'dpd' | 'ups'
export type ParcelEvent = { at: string; code: string; description: string; location?: string }
export type Parcel = {
  id: string
  carrier: Carrier
  tracking: string
  status: string
  eta: string
  events: ParcelEvent[]
  lines: { sku: string; qty: number }[]
}

const CODES = read<Record<Carrier, Record<string, [string, string]>>>(join(TABLES, 'carriers.yaml'))
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** How far a parcel has come; `delivered` and `out` run through all steps before them. */
export type Journey = {
  carrier: Carrier
  hub: string
  city: string
  /** Milliseconds since 1970, like every time here. */
  dispatch: number
  /** When it was or will be at the door. */
  arrival: number
  now: number
}

/** The scans of a parcel that travels normally, cut off at `now`; the last two are out for delivery and delivered. */
export function scans({ carrier, hub, city, dispatch, arrival, now }: Journey): ParcelEvent[] {
  const way = Math.max(arrival - dispatch, 12 * HOUR)
  const steps: [string, number, string?][] = [
    ['label', dispatch - HOUR],
    ['collected', dispatch, 'Hamburg'],
    ['arrived', dispatch + Math.round(way * 0.3), 'Hamburg'],
    ['left', dispatch + Math.round(way * 0.4), 'Hamburg'],
    ['arrived', dispatch + Math.round(way * 0.7), hub],
    ['out', arrival - 4 * HOUR, city],
    ['delivered', arrival, city],
  ]
  return steps.filter(([, at]) => at <= now).map(([step, at, location]) => scan(carrier, step, at, location))
}

/** One scan in the carrier's own code. Throws when the carrier has none for `step`. */
export function scan(carrier: Carrier, step: string, at: number, location?: string): ParcelEvent {
  const entry = CODES[carrier][step]
  if (!entry) throw new Error(`${carrier} has no code for ${step}`)
  const minute = Math.floor(at / 60_000) * 60_000
  return { at: iso(minute), code: entry[0], description: entry[1], ...(location ? { location } : {}) }
}

/** A number whose check digit is right for the carrier's usual format. */
export function trackingNumber(carrier: Carrier, chance: Seeded): string {
  const digits = (count: number) => Array.from({ length: count }, () => chance.between(0, 9)).join('')
  if (carrier === 'dhl') {
    const serial = `${chance.between(1, 9)}${digits(8)}`
    return `${serial}${Number(serial) % 7}`
  }
  if (carrier === 'dpd') {
    const serial = `09${digits(12)}`
    return `${serial}${iso7064(serial)}`
  }
  const serial = `LH${digits(13)}`
  return `1Z${serial}${upsCheck(serial)}`
}

/** Which carrier serves a country, as the shipping policy says. */
export function carrierFor(country: string): Carrier {
  if (country === 'DE') return 'dhl'
  return ['NO', 'CH', 'GB'].includes(country) ? 'ups' : 'dpd'
}

/** ISO 7064 MOD 37,36. */
function iso7064(serial: string): string {
  let product = 36
  for (const letter of serial) {
    let sum = (product + ALPHABET.indexOf(letter)) % 36
    if (sum === 0) sum = 36
    product = (sum * 2) % 37
  }
  return ALPHABET.charAt((37 - product) % 36)
}

/** Modulo 10 with every second figure doubled; letters count as their place in the carrier's own row. */
function upsCheck(serial: string): number {
  let sum = 0
  for (const [at, letter] of [...serial].entries()) {
    const value = /\d/.test(letter) ? Number(letter) : (letter.charCodeAt(0) - 63) % 10
    sum += at % 2 === 1 ? value * 2 : value
  }
  return (10 - (sum % 10)) % 10
}
