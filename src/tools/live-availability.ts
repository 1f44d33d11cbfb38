import type { InventorySystem } from '#commerce/inventory-system.port.ts'
import { asFault } from '#domain/fault.ts'
import type { Passage, Retrieval } from '#rag/retrieval.port.ts'
import type { Log } from '#telemetry/log.port.ts'

/** Words of a document that stock decides; others (`preorder`, `discontinued`) say more than a number does. */
const DECIDED_BY_STOCK = new Set(['in_stock', 'out_of_stock', 'low_stock', 'sold_out'])

/**
 * Retrieval whose products are in stock or not as of now, where the stock is known: what is told of availability then comes from the
 * inventory, not from the day the document was written. Without an answer of the inventory the document's word stands.
 */
export function liveAvailability(retrieval: Retrieval, inventory: InventorySystem, log: Log): Retrieval {
  return {
    async search(query, signal) {
      const found = await retrieval.search(query, signal)
      const skus = [...new Set(found.passages.flatMap(({ chunk }) => (isDecided(chunk) ? (chunk.sku ?? []) : [])))]
      if (skus.length === 0) return found
      try {
        const units = await inventory.available(query.shop, skus, signal)
        return { ...found, passages: found.passages.map((passage) => asOfNow(passage, units)) }
      } catch (error) {
        signal.throwIfAborted()
        log.warn({ shop: query.shop, code: asFault(error).code }, 'stock was not told')
        return found
      }
    },
  }
}

function isDecided({ availability }: Passage['chunk']): boolean {
  return availability === undefined || DECIDED_BY_STOCK.has(availability)
}

function asOfNow(passage: Passage, units: Map<string, number>): Passage {
  const { chunk } = passage
  const known = chunk.sku === undefined || !isDecided(chunk) ? undefined : units.get(chunk.sku)
  if (known === undefined) return passage
  return { ...passage, chunk: { ...chunk, availability: known > 0 ? 'in_stock' : 'out_of_stock' } }
}
