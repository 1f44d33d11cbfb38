import type { ExceptionType } from '#domain/exceptions/exception-type.ts'
import type { ShopLimits } from '#domain/exceptions/limits.ts'
import { seeded } from '../../report/metrics.ts'
import { type Carrier, carrierOf } from './carriers.ts'
import { ADDRESSES, type Address, PRODUCTS } from './shelves.ts'

export type Line = { sku: string; name: string; qty: number; unitPrice: number }
export type Named = { kind: string; args: Record<string, unknown> }
export type Order = {
  id: string
  placedAt: string
  currency: string
  status: string
  paymentStatus: string
  total: number
  customer: { id: string; tier: string; lifetimeOrders: number; priorClaims: number }
  lines: Line[]
  shippingAddress: Address
  shippingMethod: string
  promisedBy: string
  refunds?: Record<string, unknown>[]
  riskSignals?: string[]
}
export type Parcel = { id: string; carrier: string; trackingNumber: string; status: string; events: Event[] } & Record<
  string,
  unknown
>
type Event = { at: string; code: string; description: string; location: string }
export type Expect = {
  cause: string
  actions: Named[][]
  decision: 'auto' | 'approval' | 'escalate' | 'wait'
  mustNot: string[]
  why: string
}
export type Sketch = {
  variant: string
  twin?: string
  order: Order
  shipments?: Parcel[]
  inventory?: Record<string, unknown>[]
  relatedOrders?: Order[]
  priceList?: Record<string, unknown>[]
  exception?: { source?: string; detail?: string; data?: Record<string, unknown> }
  expect: Expect
}
/** Scenarios of one rule; called with a kit of its own for each seed. */
export type Rule = (kit: Kit) => Sketch[]
export type Table = { type: ExceptionType; rules: Rule[] }

/** What the tables build worlds from; everything by chance comes from `seed`. */
export type Kit = ReturnType<typeof kitOf>

export function kitOf(seed: number) {
  const next = seeded(seed)
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  const pick = <T>(items: readonly T[]): T => items[int(0, items.length - 1)] as T
  const now = new Date(Date.UTC(2025, int(0, 11), int(1, 28), int(6, 18), int(0, 59)))
  const at = (daysFromNow: number, hours = 0) =>
    new Date(now.getTime() + daysFromNow * 86_400_000 + hours * 3_600_000).toISOString().replace('.000', '')
  /** At 18:00 UTC of the day so many days from now. */
  const evening = (days: number) => `${at(days).slice(0, 10)}T18:00:00Z`
  const limits: ShopLimits = {
    approvals: {
      refundAutoMax: pick([4_000, 6_500, 9_000, 12_000]),
      reshipAutoMax: pick([5_000, 7_500, 11_000, 18_000]),
      creditAutoMax: pick([800, 1_200, 2_000]),
      addressChangeAutoMax: pick([14_000, 22_000, 28_000]),
    },
    delay: { noticeDays: int(1, 4), creditPct: pick([4, 8, 10, 12.5]) },
    lostAfterDays: pick([6, 8, 12, 15]),
    addressMinConfidence: pick([0.8, 0.88, 0.9]),
    payment: { retryMax: int(2, 4), cancelAfterDays: int(3, 8) },
    backorderMaxDays: pick([5, 8, 12]),
    duplicateWindowMinutes: pick([10, 20, 45]),
    claims: { escalateAtPriorClaims: pick([2, 3, 4]) },
    priceMaxPct: pick([25, 30, 50]),
    refundOverdueDays: pick([5, 8, 12]),
  }
  const carrier: Carrier = carrierOf(pick(['ups', 'fedex', 'usps', 'dhl', 'dpd', 'royalmail', 'canadapost'] as const))

  /** An order of one to three products, or of one line of exactly `total`. */
  function order({
    total,
    status = 'shipped',
    paymentStatus = 'captured',
    placedDaysAgo = 8,
    promisedInDays = 0,
    ...rest
  }: Partial<Order> & { placedDaysAgo?: number; promisedInDays?: number } = {}): Order {
    const products = [...PRODUCTS].sort(() => next() - 0.5).slice(0, total === undefined ? int(1, 3) : 1)
    const lines =
      rest.lines ??
      products.map((product) => ({
        ...product,
        qty: total === undefined ? int(1, 2) : 1,
        unitPrice: total ?? product.unitPrice,
      }))
    const address = pick(ADDRESSES)
    return {
      id: `PO-${int(100_000, 999_999)}`,
      placedAt: at(-placedDaysAgo),
      currency: address.currency,
      status,
      paymentStatus,
      customer: {
        id: `K${int(10_000, 99_999)}`,
        tier: pick(['standard', 'silver', 'gold']),
        lifetimeOrders: int(1, 40),
        priorClaims: 0,
      },
      shippingAddress: address.address,
      shippingMethod: pick(['standard', 'economy', 'express']),
      promisedBy: `${at(promisedInDays).slice(0, 10)}T20:00:00Z`,
      ...rest,
      lines,
      total: lines.reduce((sum, { qty, unitPrice }) => sum + qty * unitPrice, 0),
    }
  }

  /** A parcel with these events, each `[days from now, meaning]`. */
  function parcel(events: [number, keyof Carrier['codes']][], rest: Record<string, unknown> = {}): Parcel {
    return {
      id: `PA-${int(10_000, 99_999)}`,
      carrier: carrier.name,
      trackingNumber: `${int(100_000_000, 999_999_999)}${int(100, 999)}`,
      status: 'in_transit',
      ...rest,
      events: events.map(([days, meaning]) => ({
        at: at(days),
        ...carrier.codes[meaning],
        location: meaning === 'dock' ? 'Sender dock' : pick(carrier.hubs),
      })),
    }
  }

  const stock = (lines: Line[], free: number, location = 'DC-EAST') =>
    lines.map(({ sku }) => ({ sku, location, onHand: free + 3, reserved: 3 }))
  return { int, pick, now: at(0), at, evening, limits, carrier, order, parcel, stock, chance: next }
}

export const named = (kind: string, args: Record<string, unknown> = {}): Named => ({ kind, args })
export const unitsOf = (lines: Line[]) => lines.map(({ sku, qty }) => ({ sku, qty }))
export const MONEY = ['refund', 'credit', 'reship']

/** What an exception with nothing but its cause ends in. */
export const closes = (cause: string, why: string, mustNot: string[] = MONEY): Expect => ({
  cause,
  actions: [[named('close_exception')]],
  decision: 'auto',
  mustNot,
  why,
})
export const waits = (cause: string, why: string, others: Named[][] = []): Expect => ({
  cause,
  actions: [[named('wait')], ...others],
  decision: 'wait',
  mustNot: MONEY,
  why,
})
export const escalates = (
  cause: string,
  why: string,
  mustNot: string[] = [...MONEY, 'cancel_order', 'release_hold'],
): Expect => ({ cause, actions: [[named('escalate')]], decision: 'escalate', mustNot, why })
