import type { Chunk } from '#domain/document.ts'
import { wholeChunk } from '../../index/passages/lazy-chunk.ts'
import type { SearchIndex } from '../../index/search-index.port.ts'
import type { Passage, RetrievalQuery } from '../../retrieval.port.ts'
import { languageOf } from '../language.ts'
import type { Language } from '../understanding.port.ts'
import type { CatalogSlots } from './catalog-slots.ts'

/** As many as a shopper reads. */
export const SHOWN = 5

export type Shop = { index: SearchIndex; slots: CatalogSlots }
/** A question to one shop's catalog, with what the ranking found for it. */
export type Asked = {
  query: RetrievalQuery
  language: Language
  shop: Shop
  sees: (row: number) => boolean
  passages: Passage[]
}

/** Whether there is anything of the catalog to say to a query. */
export const hasProductsFor = ({ kinds }: RetrievalQuery, { slots }: Shop): boolean =>
  slots.size() > 0 && (!kinds || kinds.includes('product'))

export function askedOf(query: RetrievalQuery, shop: Shop, passages: Passage[]): Asked {
  return {
    query,
    shop,
    language: languageOf(query.text, query.audience.locale ?? null),
    sees: shop.slots.visible(query.audience, query.at),
    passages,
  }
}

/** The passages of rows, as the index has them now and lets the question see; in the order of the rows. */
export async function chunksOf(rows: number[], { shop, query }: Asked, signal: AbortSignal): Promise<Chunk[]> {
  const wanted = rows.flatMap((row) => shop.slots.product(row) ?? [])
  if (wanted.length === 0) return []
  const { hits } = await shop.index.search(
    {
      terms: [],
      keys: [...new Set(wanted.map(({ key }) => key))],
      vector: null,
      audience: query.audience,
      kinds: ['product'],
      at: query.at,
      candidates: 1,
    },
    signal,
  )
  const byId = new Map(hits.map(({ chunk }) => [chunk.id, wholeChunk(chunk)]))
  return wanted.flatMap(({ chunkId }) => byId.get(chunkId) ?? [])
}
