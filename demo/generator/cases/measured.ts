import type { World } from '../orders.ts'
import { DAY, HOUR, iso } from '../working-days.ts'
import type { CaseOrder } from './case-orders.ts'

/** What the reporting system says along, and what is on the shelves and in the price list because of it. */
export type Measured = {
  data?: Record<string, unknown>
  stock?: StockRow[]
  prices?: PriceRow[]
}
export type StockRow = {
  sku: string
  location: string
  onHand: number
  reserved: number
  incomingAt?: string
  incomingQty?: number
}
export type PriceRow = { sku: string; listPrice: number; effectiveFrom: string }

export const PICKS_AT = 'DC-EAST'
export const ELSEWHERE = 'DC-WEST'
const A_MONTH = 30 * DAY

type Measure = (order: CaseOrder, world: World) => Measured

/** By the name a row of cases.yaml gives. */
export const MEASURES: Record<string, Measure> = {
  better_address: ({ shippingAddress }) => ({
    data: { customerAddress: { ...shippingAddress, line1: `${shippingAddress.line1}, rear building` } },
  }),
  pictures: () => ({ data: { photos: 3 } }),
  missing_line: ({ lines }) => ({ data: { sku: lines.at(-1)?.sku } }),
  soft_decline: held(1, 'insufficient_funds', 1),
  hard_decline: held(1, 'stolen_card', 1),
  retries_used_up: held(3, 'insufficient_funds', 2),
  long_unpaid: held(2, 'insufficient_funds', 9),
  sure_suggestion: suggestion(0.97),
  weak_suggestion: suggestion(0.41),
  stock_elsewhere: shelf((sku) => [
    { sku, location: PICKS_AT, onHand: 0, reserved: 0 },
    { sku, location: ELSEWHERE, onHand: 14, reserved: 1 },
  ]),
  stock_incoming: shelf((sku, now) => [
    { sku, location: PICKS_AT, onHand: 0, reserved: 0, incomingAt: iso(now + 6 * DAY), incomingQty: 40 },
    { sku, location: ELSEWHERE, onHand: 0, reserved: 0 },
  ]),
  stock_gone: shelf((sku) => [
    { sku, location: PICKS_AT, onHand: 0, reserved: 0 },
    { sku, location: ELSEWHERE, onHand: 0, reserved: 0 },
  ]),
  list_price_lower: listPrice((paid) => paid - 500),
  list_price_double: listPrice((paid) => paid * 2),
  verified: () => ({ data: { verification: 'passed' } }),
}

function held(attempts: number, decline: string, days: number): Measure {
  return (_order, { now }) => ({ data: { attempts, decline, heldSince: iso(now - days * DAY - 2 * HOUR) } })
}

function suggestion(confidence: number): Measure {
  return ({ shippingAddress }) => {
    const { postalCode } = shippingAddress
    // The last figure of the postal code was mistyped.
    const last = (Number(postalCode.match(/\d(?=\D*$)/)?.[0] ?? 0) + 1) % 10
    const candidate = { ...shippingAddress, postalCode: postalCode.replace(/\d(?=\D*$)/, String(last)) }
    return { data: { suggestion: candidate, confidence } }
  }
}

function shelf(rows: (sku: string, now: number) => StockRow[]): Measure {
  return ({ lines }, { now }) => ({ stock: lines.slice(0, 1).flatMap(({ sku }) => rows(sku, now)) })
}

function listPrice(ofPaid: (paid: number) => number): Measure {
  return ({ lines, placedAt }) => ({
    prices: lines.map(({ sku, unitPrice }) => ({
      sku,
      listPrice: ofPaid(unitPrice),
      effectiveFrom: iso(Date.parse(placedAt) - A_MONTH),
    })),
  })
}
