import type { ShopCustomer } from './customers.ts'
import type { Item } from './products.ts'
import type { Seeded } from './seeded.ts'
import type { Facts } from './tables.ts'

export type Line = { sku: string; name: string; qty: number; unitPrice: number }
export type Basket = { lines: Line[]; method: 'standard' | 'express' | 'freight'; shipping: number; zone: Zone }
export type Zone = {
  key: string
  standard: number
  free_from?: number
  days: string
  express?: number
  express_days?: string
}

const ZONE_OF: Record<string, string> = {
  ...Object.fromEntries(['AT', 'BE', 'DK', 'LU', 'NL'].map((country) => [country, 'near'])),
  ...Object.fromEntries(['NO', 'CH', 'GB'].map((country) => [country, 'abroad'])),
  DE: 'de',
}
// German VAT, taken off at checkout for deliveries outside the EU (shipping policy, customs).
const VAT = 1.19

/** What a customer might buy together, with the shipping the policy's table gives for it. Cents. */
export function basket(
  customer: ShopCustomer,
  catalog: Item[],
  facts: Facts,
  mostLines: number,
  chance: Seeded,
): Basket {
  const zone = zoneOf(customer.address.country, facts)
  const freight = zone.key === 'de' || zone.key === 'near'
  const buyable = freight ? catalog : catalog.filter((item) => !isBulky(item))
  const chosen = new Map<string, Item>()
  const size = Math.min(mostLines, chance.pick([1, 1, 1, 2, 2, 3, 4]))
  while (chosen.size < size) {
    const item = chance.pick(buyable)
    // People rarely order a second bike by the way.
    if (!isBulky(item) || chance.chance(0.4)) chosen.set(item.sku, item)
  }
  const lines = [...chosen.values()].map((item) => ({
    sku: item.sku,
    name: item.title,
    qty: item.price < 3_000 && chance.chance(0.3) ? chance.between(2, 4) : 1,
    unitPrice: zone.key === 'abroad' ? Math.round(item.price / VAT) : item.price,
  }))
  const bulky = [...chosen.values()].some(isBulky)
  const method = bulky ? 'freight' : zone.express && chance.chance(0.15) ? 'express' : 'standard'
  return { lines, method, zone, shipping: shippingOf(lines, method, zone, facts) }
}

export const goodsOf = (lines: Line[]) => lines.reduce((sum, { qty, unitPrice }) => sum + qty * unitPrice, 0)

export function zoneOf(country: string, facts: Facts): Zone {
  const { zones } = facts.shipping as { zones: Zone[] }
  const key = ZONE_OF[country] ?? 'eu'
  const zone = zones.find((one) => one.key === key)
  if (!zone) throw new Error(`no zone ${key}`)
  return zone
}

const isBulky = (item: Item) => item.attributes['bulky item'] === true

function shippingOf(lines: Line[], method: Basket['method'], zone: Zone, facts: Facts): number {
  if (method === 'express' && zone.express !== undefined) return zone.express
  const standard = zone.free_from !== undefined && goodsOf(lines) >= zone.free_from ? 0 : zone.standard
  const { bulky_surcharge } = facts.shipping as { bulky_surcharge: number }
  return standard + (method === 'freight' ? bulky_surcharge : 0)
}
