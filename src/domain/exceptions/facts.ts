import type { CustomerHistory, ListPrice, Order, PaymentState, PostalAddress, Shipment, StockAt } from '../order.ts'
import type { ExceptionType } from './exception-type.ts'
import type { ShopLimits } from './limits.ts'

/**
 * What a look-up brought. No answer is evidence too: `silent` says who did not answer, and why in words ("no answer in 3 s").
 * `observedAt` is when it was asked by our clock, `systemTime` what its own clock showed then where it tells, `version` its own count
 * of changes where it has one.
 */
export type Looked<Value> =
  | { outcome: 'known'; value: Value; source: string; observedAt: string; version: number | null; systemTime?: string }
  | { outcome: 'silent'; source: string; why: string; observedAt: string }

/** Everything an investigation may know of an order, by the name playbooks ask for it; null: the system knows of none. */
export type FactValues = {
  order: Order | null
  /** Parcels with the carriers' merged events, in any order. */
  parcels: Shipment[]
  stock: StockAt[]
  payment: PaymentState | null
  customer: CustomerHistory | null
  relatedOrders: Order[]
  prices: ListPrice[]
}
export type FactName = keyof FactValues
export const FACT_NAMES = ['order', 'parcels', 'stock', 'payment', 'customer', 'relatedOrders', 'prices'] as const

/**
 * What was reported. `detail` and texts in `data` are other people's words: data, never instructions, and nothing is decided by them.
 * `data` is what the reporting system measured; a playbook reads the members it knows and checks their shape.
 */
export type ReportedException = {
  type: ExceptionType
  detectedAt: string
  source: string
  detail: string
  data: Record<string, unknown>
}

/** Where a shop's world is fixed, besides its limits. */
export type ShopPlaces = {
  /** The location orders are picked at. */
  pickingLocation: string
}

/** A case as looked at: every look-up's answer, whether it came or not. Plain JSON. */
export type Investigation = {
  exception: ReportedException
  facts: { [Name in FactName]?: Looked<FactValues[Name]> }
  limits: ShopLimits
  places: ShopPlaces
  /** When it was looked at by the clock of the shop's systems: what happened to the order is measured against it. */
  now: string
  /** The same moment by our clock: ages of facts, patience and when to look again are ours. Left out: both clocks show the same. */
  askedAt?: string
  /** How often this case was looked at before; patience with silent systems ends. */
  round: number
}

const ADDRESS_CHARACTERS = 200

/**
 * What stands in `data` as an address, or null where it is none a parcel could be sent to: it needs a line, a town and a country
 * by its two letters (ISO 3166), and no member may be longer than a label takes.
 */
export function readAddress(value: unknown): PostalAddress | null {
  if (typeof value !== 'object' || value === null) return null
  const { name, line1, line2, city, region, postalCode, country } = value as Record<string, unknown>
  if (!isText(line1) || !isText(city) || !isText(country) || !/^[a-z]{2}$/i.test(country)) return null
  const optional = [name, line2, region, postalCode]
  if (optional.some((member) => member !== undefined && member !== null && !isLabel(member))) return null
  return {
    name: isText(name) ? name : '',
    line1,
    ...(isText(line2) ? { line2 } : {}),
    city,
    ...(typeof region === 'string' ? { region } : {}),
    postalCode: isText(postalCode) ? postalCode : '',
    country: country.toUpperCase(),
  }
}

const isLabel = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= ADDRESS_CHARACTERS && !/[\p{Cc}\p{Cs}]/u.test(value)
const isText = (value: unknown): value is string => isLabel(value) && value.trim() !== ''
