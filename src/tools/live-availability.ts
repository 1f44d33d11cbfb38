import type { InventorySystem } from '#commerce/inventory-system.port.ts'
import type { DocumentStore } from '#db/knowledge/documents.port.ts'
import type { Chunk, ShopDocument } from '#domain/document.ts'
import { asFault } from '#domain/fault.ts'
import type { ShopId } from '#domain/ids.ts'
import type { Retrieval, RetrievalResult } from '#rag/retrieval.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Log } from '#telemetry/log.port.ts'

/** Words of a document that stock decides; others (`preorder`, `discontinued`) say more than a number does. */
const DECIDED_BY_STOCK = new Set(['in_stock', 'out_of_stock', 'low_stock', 'sold_out'])
/** More products than this nobody asks the price of at once. */
const LOOKED_UP = 6
/** Asks for what changes from hour to hour: a price, or whether it is there. */
const NOW_ASKED =
  /\b(?:how much|price[ds]?|costs?|charge|expensive|cheap\w*|afford|wie ?viel|preise?|kostet|kosten|teuer\w*|günstig\w*|billig\w*)\b|\b(?:in stock|available|availability|sold out|out of stock|auf lager|lieferbar|verfügbar|vorrätig|ausverkauft)\b|[€$£]|\b(?:euros?|eur|usd|dollars?|pounds?)\b/iu

export type LiveParts = {
  inventory: InventorySystem
  /** The shop's record of a product, newer than the index by what is on its way into it; null: the index is all there is. */
  documents: Pick<DocumentStore, 'get'> | null
  clock: Clock
  log: Log
}

/**
 * Retrieval whose products are in stock or not as of now, where the stock is known; where a price or stock is asked for, they cost
 * and are available as the shop's record says now. Without an answer of the inventory or the record the document's word stands, and nothing is said to
 * have been looked up.
 */
export function liveAvailability(retrieval: Retrieval, { inventory, documents, clock, log }: LiveParts): Retrieval {
  return {
    async search(query, signal) {
      const found = await retrieval.search(query, signal)
      const products = productsOf(found)
      if (products.length === 0) return found
      const asked = documents && (NOW_ASKED.test(query.text) || tellsPrices(found)) ? products.slice(0, LOOKED_UP) : []
      const skus = [...new Set(products.flatMap((chunk) => (isDecided(chunk) ? (chunk.sku ?? []) : [])))]
      try {
        const [units, records] = await Promise.all([
          skus.length > 0 ? inventory.available(query.shop, skus, signal) : new Map<string, number>(),
          documents ? recordsOf(documents, query.shop, asked, signal) : new Map<string, ShopDocument>(),
        ])
        if (units.size === 0 && records.size === 0) return found
        const told = products.filter(
          ({ documentId, sku }) => records.has(documentId) || (sku !== undefined && units.has(sku)),
        )
        return {
          ...withProducts(found, (chunk) => inStockNow(asRecorded(chunk, records.get(chunk.documentId)), units)),
          live: { at: clock.now().toISOString(), documents: told.map(({ documentId }) => documentId) },
        }
      } catch (error) {
        signal.throwIfAborted()
        log.warn({ shop: query.shop, code: asFault(error).code }, 'price and stock were not told')
        return found
      }
    },
  }
}

// A comparison of everything tells the price unasked, and `under 100` asks for it without a word of money.
function tellsPrices({ catalog }: RetrievalResult): boolean {
  if (catalog?.kind === 'comparison') return catalog.slot === null || catalog.slot.names.includes('price')
  return catalog?.kind === 'list' && catalog.slots.some(({ names }) => names.includes('price'))
}

async function recordsOf(
  documents: Pick<DocumentStore, 'get'>,
  shop: ShopId,
  products: Chunk[],
  signal: AbortSignal,
): Promise<Map<string, ShopDocument>> {
  const records = await Promise.all(products.map(({ documentId }) => documents.get(shop, documentId, signal)))
  return new Map(
    records.flatMap((record) => (record && !record.retiredAt ? [[record.document.id, record.document] as const] : [])),
  )
}

/** Each product that was found, once: those the catalog's fields chose before those the ranking did. */
function productsOf({ passages, catalog }: RetrievalResult): Chunk[] {
  const chosen =
    catalog?.kind === 'list'
      ? [...catalog.fitting, ...catalog.failing]
      : catalog?.kind === 'comparison'
        ? catalog.sides
        : catalog?.kind === 'named'
          ? [catalog.chunk]
          : []
  const all = [...chosen, ...passages.map(({ chunk }) => chunk)].filter(
    ({ kind, sku }) => kind === 'product' || sku !== undefined,
  )
  const seen = new Set<string>()
  return all.filter(({ documentId }) => !seen.has(documentId) && seen.add(documentId))
}

function withProducts(found: RetrievalResult, now: (chunk: Chunk) => Chunk): RetrievalResult {
  const passages = found.passages.map((passage) => ({ ...passage, chunk: now(passage.chunk) }))
  const { catalog } = found
  if (catalog?.kind === 'list')
    return {
      ...found,
      passages,
      catalog: { ...catalog, fitting: catalog.fitting.map(now), failing: catalog.failing.map(now) },
    }
  if (catalog?.kind === 'comparison')
    return { ...found, passages, catalog: { ...catalog, sides: catalog.sides.map(now) } }
  if (catalog?.kind === 'named') return { ...found, passages, catalog: { ...catalog, chunk: now(catalog.chunk) } }
  return { ...found, passages }
}

function isDecided({ availability }: Chunk): boolean {
  return availability === undefined || DECIDED_BY_STOCK.has(availability)
}

function inStockNow(chunk: Chunk, units: Map<string, number>): Chunk {
  const known = chunk.sku === undefined || !isDecided(chunk) ? undefined : units.get(chunk.sku)
  return known === undefined ? chunk : { ...chunk, availability: known > 0 ? 'in_stock' : 'out_of_stock' }
}

// What the record does not say any more is not told either.
function asRecorded(chunk: Chunk, record: ShopDocument | undefined): Chunk {
  if (!record) return chunk
  const { price: _price, availability: _availability, ...rest } = chunk
  const { price, availability } = record
  return { ...rest, ...(price ? { price } : {}), ...(availability ? { availability } : {}) }
}
