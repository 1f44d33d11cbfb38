import type { ShopOrder, World } from '../orders.ts'
import { seeded } from '../seeded.ts'
import { DAY, HOUR, iso } from '../working-days.ts'
import { type CaseOrder, type CaseRow, caseOrders, caseTables } from './case-orders.ts'
import { ELSEWHERE, MEASURES, type Measured, PICKS_AT, type PriceRow, type StockRow } from './measured.ts'

export type DemoCase = {
  order: string
  type: string
  source: string
  detail: string
  detectedAt: string
  data: Record<string, unknown>
}
export type Operations = {
  orders: CaseOrder[]
  cases: DemoCase[]
  stock: StockRow[]
  prices: PriceRow[]
  histories: { id: string; tier: string; lifetimeOrders: number; priorClaims: number }[]
}

const RECENTLY = 12 * DAY

/** What is wrong in the shop today, with the shelves, prices and histories that an investigation finds. */
export function operations(world: World, usual: ShopOrder[]): Operations {
  const orders = caseOrders(world, usual)
  const all: CaseOrder[] = [...usual, ...orders]
  const taken = new Set<string>()
  const found = caseTables().cases.flatMap((row) => casesOf(row, all, taken, world))
  return {
    orders,
    cases: found.map(({ report }) => report),
    stock: shelves(all, found),
    prices: priceList(all, found, world),
    histories: histories(world, all),
  }
}

function casesOf(row: CaseRow, all: CaseOrder[], taken: Set<string>, world: World) {
  const isMeant = PICKS[row.pick]
  if (!isMeant) throw new Error(`nothing picks ${row.pick}`)
  const picked = all.filter((order) => !taken.has(order.id) && isMeant(order, world.now)).slice(0, row.count)
  if (picked.length < row.count) throw new Error(`${row.pick}: ${picked.length} orders, ${row.count} wanted`)
  return picked.map((order) => {
    taken.add(order.id)
    const chance = seeded(`case ${order.id}`)
    const measured: Measured = row.with ? (MEASURES[row.with]?.(order, world) ?? {}) : {}
    const { type, source, detail } = row
    const detectedAt = iso(world.now - chance.between(10, 200) * 60_000)
    return { report: { order: order.id, type, source, detail, detectedAt, data: measured.data ?? {} }, measured }
  })
}

const lastEvent = ({ shipments }: CaseOrder) => shipments[0]?.events.at(-1)
const isDelayed = ({ status }: CaseOrder) => status === 'delayed'
/** Arrived in one parcel, lately: the customer still remembers. */
const hasArrived = (order: CaseOrder, now: number) =>
  order.status === 'delivered' &&
  order.shipments.length === 1 &&
  now - Date.parse(lastEvent(order)?.at ?? '1970-01-01T00:00:00Z') < RECENTLY

/** Which orders a row of cases.yaml may take. */
const PICKS: Record<string, (order: CaseOrder, now: number) => boolean> = {
  depot_closed: (order) => isDelayed(order) && /Depot closed/.test(lastEvent(order)?.description ?? ''),
  silent: (order) => isDelayed(order) && order.shipments[0]?.status === 'in_transit',
  bad_address: (order) => isDelayed(order) && lastEvent(order)?.code === 'BA',
  damaged: (order) => isDelayed(order) && lastEvent(order)?.code === 'DMG',
  returning: (order) => isDelayed(order) && order.shipments[0]?.status === 'return_to_sender',
  back_on_dock: (order) => isDelayed(order) && order.shipments[0]?.status === 'returned',
  arrived: hasArrived,
  arrived_several: (order, now) => hasArrived(order, now) && order.lines.length > 1,
  half_arrived: ({ status, shipments }) => status === 'partially_shipped' && shipments[0]?.status === 'delivered',
  payment_failed: ({ status }) => status === 'payment_hold',
  refund_failed: ({ refunds }) => refunds.some(({ pspStatus }) => pspStatus === 'failed'),
  refund_pending: ({ status, refunds }, now) =>
    status === 'returned' &&
    refunds.some(({ createdAt, pspStatus }) => pspStatus === undefined && now - Date.parse(createdAt) > 11 * DAY),
  not_sent: ({ status, paymentStatus }) => status === 'processing' && paymentStatus === 'authorized',
  not_sent_captured: ({ status, paymentStatus, lines }) =>
    status === 'processing' && paymentStatus === 'captured' && lines.length > 1,
  one_line_captured: ({ status, paymentStatus, lines, shippingAddress }) =>
    status === 'processing' && paymentStatus === 'captured' && lines.length === 1 && isTaxed(shippingAddress.country),
  held_suspicious: ({ riskSignals }) => (riskSignals?.length ?? 0) > 0,
  held_verified: ({ riskSignals }) => riskSignals?.length === 0,
  twin: ({ id, status, placedAt, lines }) =>
    status === 'processing' && isCaseOrder(id) && lines.length > 0 && placedAt !== '',
}

/** Outside the EU the tax is off the price, and a list price says nothing. */
const isTaxed = (country: string) => !['NO', 'CH', 'GB'].includes(country)
const isCaseOrder = (id: string) => Number(id.replace('LH-', '')) > 101_900

function shelves(all: CaseOrder[], found: { measured: Measured }[]): StockRow[] {
  const told = found.flatMap(({ measured }) => measured.stock ?? [])
  const skus = [...new Set(all.flatMap(({ lines }) => lines.map(({ sku }) => sku)))].sort()
  return skus.flatMap((sku) => {
    const own = told.filter((row) => row.sku === sku)
    if (own.length > 0) return own
    const chance = seeded(`shelf ${sku}`)
    return [PICKS_AT, ELSEWHERE].map((location) => {
      const onHand = location === PICKS_AT ? chance.between(6, 40) : chance.between(0, 25)
      return { sku, location, onHand, reserved: Math.min(onHand, chance.between(0, 3)) }
    })
  })
}

/** What each thing cost when it was bought, unless a case says otherwise. */
function priceList(all: CaseOrder[], found: { measured: Measured }[], { catalog, now }: World): PriceRow[] {
  const told = found.flatMap(({ measured }) => measured.prices ?? [])
  const since = iso(Math.floor((now - 200 * DAY) / DAY) * DAY + 5 * HOUR)
  const skus = new Set(all.flatMap(({ lines }) => lines.map(({ sku }) => sku)))
  const listed = catalog.flatMap(({ sku, price }) =>
    skus.has(sku) && !told.some((row) => row.sku === sku) ? [{ sku, listPrice: price, effectiveFrom: since }] : [],
  )
  return [...listed, ...told].sort((one, other) => (one.sku < other.sku ? -1 : one.sku > other.sku ? 1 : 0))
}

function histories({ people }: World, all: CaseOrder[]): Operations['histories'] {
  const { priorClaims } = caseTables()
  return people.map(({ id, tier }, at) => ({
    id,
    tier,
    lifetimeOrders: all.filter(({ customer }) => customer.id === id).length + seeded(`history ${id}`).between(0, 9),
    priorClaims: priorClaims[at % priorClaims.length] ?? 0,
  }))
}
