import type { SearchIndex } from '../../index/search-index.port.ts'
import type { CatalogSlots } from './catalog-slots.ts'

/** An index whose changes reach the slots too, so that both know the same products. */
export function slottedIndex(index: SearchIndex, slots: CatalogSlots): SearchIndex {
  return {
    ...index,
    async apply(change, signal) {
      await index.apply(change, signal)
      for (const id of change.removed) slots.remove(id)
      for (const { chunk, encoded } of change.upserted) slots.put(chunk, encoded.keys)
    },
  }
}
