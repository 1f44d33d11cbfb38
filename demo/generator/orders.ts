import { join } from 'node:path'
import { type Basket, basket, goodsOf, type Line } from './baskets.ts'
import type { ShopCustomer } from './customers.ts'
import { type ParcelStory, parcelsOf } from './order-parcels.ts'
import type { Parcel } from './parcels.ts'
import type { Item } from './products.ts'
import { type Seeded, seeded } from './seeded.ts'
import { type Facts, read, TABLES } from './tables.ts'
import { afterWorkingDays, DAY, dispatchOf, HOUR, iso } from './working-days.ts'

export type StoryRow = { status: string; payment: string; count: number; age: [number, number]; story: string }
export type ShopOrder = {
  id: string
  placedAt: string
  currency: string
  status: string
  paymentStatus: string
  /** Cents; the lines plus `shipping`. */
  total: number
  shipping: number
  customer: { id: string }
  lines: Line[]
  shippingAddress: ShopCustomer['address']
  shippingMethod: string
  promisedBy: string
  shipments: Parcel[]
  refunds: { id: string; amount: number; status: string; createdAt: string }[]
}
export type World = { people: ShopCustomer[]; hubs: Record<string, string>; catalog: Item[]; facts: Facts; now: number }

const FIRST_NUMBER = 100_118
const FIRST_REFUND = 4_107
const CUTOFF = 14
// The depot that closes in the incident serves these countries; all its parcels stand still together.
const INCIDENT_COUNTRIES = ['NL', 'BE']

export const stories = () => read<StoryRow[]>(join(TABLES, 'order-stories.yaml'))

/** The shop's orders, oldest first, numbered in the order they were placed. */
export function orders(world: World): ShopOrder[] {
  const drafts = stories().flatMap((row) =>
    Array.from({ length: row.count }, (_, at) =>
      draft(row, world, seeded(`order ${row.status} ${row.payment} ${row.story} ${at}`)),
    ),
  )
  drafts.sort((one, other) => (one.placedAt < other.placedAt ? -1 : one.placedAt > other.placedAt ? 1 : 0))
  let refunds = FIRST_REFUND
  return drafts.map((order, at) => {
    const number = FIRST_NUMBER + at * 3 + (at % 2)
    return {
      id: `LH-${number}`,
      ...order,
      shipments: order.shipments.map((parcel, part) => ({ ...parcel, id: `SH-${number}-${part + 1}` })),
      refunds: order.refunds.map((refund) => ({ ...refund, id: `RF-${refunds++}` })),
    }
  })
}

/** One order of a story, not numbered yet. */
export function draft(row: StoryRow, world: World, chance: Seeded): Omit<ShopOrder, 'id'> {
  const customer = buyer(row, world, chance)
  const bought = basketFor(row, customer, world, chance)
  const placed = placedAt(row, world.now, chance)
  const dispatch = row.story === 'awaiting_transfer' ? afterWorkingDays(placed, 3, 16) : dispatchOf(placed, CUTOFF)
  const promised = afterWorkingDays(dispatch, promiseDays(bought, world.facts), 18)
  const story: ParcelStory = {
    story: row.story,
    dispatch,
    promised,
    lines: bought.lines,
    customer,
    hub: world.hubs[customer.region] as string,
    now: world.now,
  }
  return {
    placedAt: iso(placed),
    currency: 'EUR',
    status: row.status,
    paymentStatus: row.payment,
    total: goodsOf(bought.lines) + bought.shipping,
    shipping: bought.shipping,
    customer: { id: customer.id },
    lines: bought.lines,
    shippingAddress: customer.address,
    shippingMethod: bought.method,
    promisedBy: iso(promised),
    shipments: parcelsOf(story, chance),
    refunds: refundsOf(row, bought, customer, placed, world),
  }
}

function buyer(row: StoryRow, { people }: World, chance: Seeded): ShopCustomer {
  if (row.story === 'depot_closed')
    return chance.pick(people.filter(({ region }) => INCIDENT_COUNTRIES.includes(region)))
  if (row.story === 'bad_address' || row.story === 'second_attempt')
    return chance.pick(people.filter(({ region }) => region === 'DE'))
  if (row.story === 'damaged' || row.story === 'out_today')
    return chance.pick(people.filter(({ region }) => !['NO', 'CH', 'GB'].includes(region)))
  return chance.pick(people)
}

/** Returned parcels went by standard shipping, and a split order has at least two lines. */
function basketFor(row: StoryRow, customer: ShopCustomer, world: World, chance: Seeded): Basket {
  const plain = ['return_received', 'refund_overdue', 'refunded', 'depot_closed'].includes(row.story)
  for (;;) {
    const bought = basket(customer, world.catalog, world.facts, 4, chance)
    if (row.story === 'split' && bought.lines.length < 2) continue
    if (plain && bought.method !== 'standard') continue
    return bought
  }
}

function placedAt(row: StoryRow, now: number, chance: Seeded): number {
  const [from, to] = row.age
  const minutes = chance.between(0, 14 * 60)
  const at = Math.floor((now - chance.between(from, to) * DAY) / DAY) * DAY + 6 * HOUR + minutes * 60_000
  return at < now - HOUR / 2 ? at : now - chance.between(35, 170) * 60_000
}

function promiseDays({ method, zone }: Basket, facts: Facts): number {
  const last = (range: string) => Number(range.split('–').at(-1))
  if (method === 'express') return Number(zone.express_days)
  return last(method === 'freight' ? (facts.shipping as { bulky_days: string }).bulky_days : zone.days)
}

/** Money on its way back; a return costs what the returns policy says for the country. */
function refundsOf(
  row: StoryRow,
  bought: Basket,
  customer: ShopCustomer,
  placed: number,
  { facts }: World,
): ShopOrder['refunds'] {
  const total = goodsOf(bought.lines) + bought.shipping
  const fees = facts.returns as { fee_eu: number; fee_ch_no_gb: number }
  const fee = ['DE', 'AT'].includes(customer.region)
    ? 0
    : bought.zone.key === 'abroad'
      ? fees.fee_ch_no_gb
      : fees.fee_eu
  const refund = (amount: number, status: string, days: number) => [
    { id: '', amount: Math.max(amount, 0), status, createdAt: iso(placed + days * DAY + 5 * HOUR) },
  ]
  switch (row.story) {
    case 'cancelled_late':
      return refund(total, 'succeeded', 1)
    case 'return_received':
      return refund(total - fee, 'pending', 14)
    case 'refund_overdue':
      return refund(total - fee, 'pending', 16)
    case 'refunded':
      return refund(total - fee, 'succeeded', 18)
    default:
      return []
  }
}
