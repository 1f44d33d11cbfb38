import type { PassageScores, Retrieval, RetrievalQuery } from '../../retrieval.port.ts'
import { askedOf, chunksOf, hasProductsFor, type Shop } from './asked.ts'
import { wantedIn } from './reading/wanted.ts'
import { chosenProducts } from './wanted-products.ts'

/** What a product shows that no word or vector brought up. */
const UNFOUND: PassageScores = { fused: 0, sparse: 0, ngram: 0, phrase: 0, cosine: null, exact: 0 }

/**
 * Retrieval for lists of passages as they stand: where a question sets conditions on fields of products (`lamp under 2 kg`) those that
 * meet them come first, in the order of the ranking or of the field they are to be ranked by. Everything else follows as it was.
 * Their scores are the upper half, what follows the lower.
 */
export function fittingFirst(
  retrieval: Retrieval,
  shopOf: (shop: RetrievalQuery['shop']) => Shop | undefined,
): Retrieval {
  return {
    async search(query, signal) {
      const found = await retrieval.search(query, signal)
      const shop = shopOf(query.shop)
      if (!shop || !hasProductsFor(query, shop)) return found
      const asked = askedOf(query, shop, found.passages)
      const wanted = wantedIn(query.text, asked.language, shop.slots)
      if (!wanted || wanted.unclear || (wanted.tests.length === 0 && !wanted.rank)) return found
      const rows = chosenProducts(asked, wanted)?.fitting.slice(0, query.limit) ?? []
      if (rows.length === 0) return found
      const known = new Map(found.passages.map((passage) => [passage.chunk.id, passage]))
      // Mostly the ranking has them already; only the others are read.
      const idOf = (row: number) => shop.slots.product(row)?.chunkId
      const missing = rows.filter((row) => !known.has(idOf(row) ?? 'chk_'))
      for (const chunk of missing.length > 0 ? await chunksOf(missing, asked, signal) : [])
        known.set(chunk.id, { chunk, score: 0, scores: UNFOUND })
      const fitting = rows.flatMap((row) => known.get(idOf(row) ?? 'chk_') ?? [])
      const leading = fitting.map((passage, place) => ({
        ...passage,
        score: 0.5 + (0.5 * (fitting.length - place)) / fitting.length,
      }))
      const ids = new Set(fitting.map(({ chunk }) => chunk.id))
      const others = found.passages
        .filter(({ chunk }) => !ids.has(chunk.id))
        .map((passage) => ({ ...passage, score: passage.score / 2 }))
      return { ...found, passages: [...leading, ...others].slice(0, query.limit) }
    },
  }
}
