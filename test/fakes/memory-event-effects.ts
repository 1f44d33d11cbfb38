import type { EventEffects, KnownDocument } from '#db/inbox/event-effects.port.ts'

/** A shop's content, stock and what is known from events, in memory; writes are kept at once. */
export function memoryEventEffects() {
  const documents = new Map<string, KnownDocument>()
  const facts = new Map<string, string>()
  const stock = new Map<string, { available: number; version: number }>()
  const effects: EventEffects = {
    documents: async (ids, skus) =>
      [...documents.values()].filter(
        ({ document: { id, sku } }) => ids.includes(id) || (sku !== undefined && skus.includes(sku)),
      ),
    facts: async (keys) => new Map([...facts].filter(([key]) => keys.includes(key))),
    async keepFacts(fresh) {
      for (const [key, known] of fresh) facts.set(key, known)
    },
    async putDocuments(source, prepared) {
      for (const { document } of prepared) documents.set(document.id, { document, source, live: true })
    },
    async retireDocuments(ids) {
      for (const id of ids) {
        const found = documents.get(id)
        if (found) documents.set(id, { ...found, live: false })
      }
    },
    async setStock(levels) {
      for (const { sku, location, available } of levels) {
        const name = [sku, location].filter(Boolean).join('@')
        stock.set(name, { available, version: (stock.get(name)?.version ?? 0) + 1 })
      }
    },
  }
  return {
    effects,
    documents,
    /** What shoppers are told: live documents by id, and stock as `SKU@LOCATION`. */
    seen: () => ({
      documents: Object.fromEntries(
        [...documents].filter(([, { live }]) => live).map(([id, { document }]) => [id, document]),
      ),
      stock: Object.fromEntries([...stock].map(([name, { available }]) => [name, available])),
    }),
  }
}
