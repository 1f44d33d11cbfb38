import type { LineQuantity, OrderLine, StockAt } from '#domain/order.ts'

/** Units at a place that belong to nobody yet; below zero where more is promised than there is. */
export function freeAt(stock: StockAt[], sku: string, location: string): number {
  return rowsOf(stock, sku)
    .filter((row) => row.location === location)
    .reduce((sum, { onHand, reserved }) => sum + onHand - reserved, 0)
}

/** The same for the order that is looked at: what it has reserved for itself is its own. */
export function freeForOrderAt(stock: StockAt[], sku: string, location: string): number {
  const own = rowsOf(stock, sku)
    .filter((row) => row.location === location)
    .reduce((sum, row) => sum + (row.own ?? 0), 0)
  return freeAt(stock, sku, location) + own
}

/** Lines their picking place cannot fill, added up by SKU and place: the line's own place where it has one, else the shop's. */
export function shortLines(lines: OrderLine[], stock: StockAt[], pickingLocation: string): LineQuantity[] {
  const places = Map.groupBy(lines, ({ location }) => location ?? pickingLocation)
  const short = [...places].flatMap(([place, some]) =>
    perSku(some).filter(({ sku, qty }) => freeForOrderAt(stock, sku, place) < qty),
  )
  return perSku(short)
}

/** Whether anybody counts this SKU at all. */
export function isCounted(stock: StockAt[], sku: string): boolean {
  return rowsOf(stock, sku).length > 0
}

/** The place other than `except` with the most free units that covers `qty` alone; of equals the first by name. Null when none does. */
export function placeWith(stock: StockAt[], { sku, qty }: LineQuantity, except: string): string | null {
  const places = [...new Set(rowsOf(stock, sku).map(({ location }) => location))].filter((place) => place !== except)
  const free = places.map((place) => ({ place, units: freeAt(stock, sku, place) })).filter(({ units }) => units >= qty)
  free.sort((one, other) => other.units - one.units || (one.place < other.place ? -1 : 1))
  return free[0]?.place ?? null
}

/** Whether each line can be sent again from some one place. Lines of one SKU count together. */
export function coversAll(stock: StockAt[], lines: LineQuantity[]): boolean {
  return perSku(lines).every((line) => placeWith(stock, line, '') !== null)
}

/** Quantities added up by SKU, in the order SKUs first appear. */
export function perSku(lines: LineQuantity[]): LineQuantity[] {
  const sums = new Map<string, number>()
  for (const { sku, qty } of lines) sums.set(sku, (sums.get(sku) ?? 0) + qty)
  return [...sums].map(([sku, qty]) => ({ sku, qty }))
}

const rowsOf = (stock: StockAt[], sku: string) => stock.filter((row) => row.sku === sku)
