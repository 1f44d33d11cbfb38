import { isDeepStrictEqual } from 'node:util'
import type { World } from '#db/commerce/world-store.port.ts'

/** One thing that differs, by its path, e.g. `orders/ORD-1/order/status`. A side that has nothing there is left out. */
export type WorldChange = { path: string; before?: unknown; after?: unknown }

/** Every difference between two dumped worlds, down to the first list or value that differs; in order of the paths. Empty: they are equal. */
export function worldDiff(before: World, after: World): WorldChange[] {
  const changes: WorldChange[] = []
  compare('', keyed(before), keyed(after), changes)
  return changes.sort((one, other) => (one.path < other.path ? -1 : 1))
}

/** Lists of things with ids by their ids, so that one more of them is one change. */
function keyed({ now, orders, customers, stock, prices, products }: World): Record<string, unknown> {
  return {
    now,
    orders: Object.fromEntries(
      orders.map(({ order, parcels, payment, records, own }) => [
        order.id,
        { order, payment, own, parcels: byId(parcels), records: byId(records ?? []) },
      ]),
    ),
    customers: byId(customers),
    stock: Object.fromEntries(stock.map((place) => [`${place.sku}@${place.location}`, place])),
    prices: Object.fromEntries(prices.map((price) => [`${price.sku}@${price.effectiveFrom}`, price])),
    products: byId(products),
  }
}

function byId<Thing extends { id: string }>(things: Thing[]): Record<string, Thing> {
  return Object.fromEntries(things.map((thing) => [thing.id, thing]))
}

function compare(path: string, before: unknown, after: unknown, changes: WorldChange[]): void {
  if (isDeepStrictEqual(before, after)) return
  if (!isPlain(before) || !isPlain(after)) {
    changes.push({ path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) })
    return
  }
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)]))
    compare(path === '' ? name : `${path}/${name}`, before[name], after[name], changes)
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
