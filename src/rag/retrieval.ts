import type { ShopId } from '#domain/ids.ts'
import type { Embedder } from '#model/embedder.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { encodeQuestion } from './encoder/question-encoder.ts'
import type { Vocabulary } from './encoder/vocabulary.ts'
import type { SearchIndex } from './index/search-index.port.ts'
import type { Retrieval, RetrievalQuery, RetrievalResult } from './retrieval.port.ts'
import { fuse } from './retrieval-fusion.ts'

/** How long a question waits for its vector before it goes by words alone. A question takes 1 ms, behind background work some 20. */
const VECTOR_WITHIN_MS = 150
/** Hits fused at least: the best by words and the nearest each. */
const LEAST_CANDIDATES = 60

export type ShopIndex = { vocabulary: Vocabulary; index: SearchIndex }
export type RetrievalParts = {
  /** A shop's index as it is now; undefined for a shop without content. */
  shopIndex(shop: ShopId): ShopIndex | undefined
  /** Null: by words alone. */
  embedder: Embedder | null
  clock: Clock
}

/** Retrieval over whichever index the shop has. Rejects only when aborted; a failing embedder costs the vector, not the answer. */
export function retrieval({ shopIndex, embedder, clock }: RetrievalParts): Retrieval {
  async function questionVector(text: string, signal: AbortSignal): Promise<Float32Array | null> {
    if (!embedder) return null
    try {
      return await embedder.embed(text, 'question', clock.deadline(VECTOR_WITHIN_MS, signal))
    } catch {
      signal.throwIfAborted()
      return null
    }
  }

  async function search(query: RetrievalQuery, signal: AbortSignal): Promise<RetrievalResult> {
    const vector = await questionVector(query.text, signal)
    const shop = shopIndex(query.shop)
    if (!shop) return { passages: [], terms: [], questionVector: vector }
    const question = encodeQuestion(query.text, query.audience, shop.vocabulary)
    const found = await shop.index.search(
      {
        terms: question.terms,
        keys: question.keys,
        vector,
        audience: query.audience,
        kinds: query.kinds ?? null,
        at: query.at,
        candidates: Math.max(LEAST_CANDIDATES, query.limit),
      },
      signal,
    )
    const terms = question.words.map(({ word, stem, weight, documentFrequency }) => ({
      word,
      stem,
      weight,
      documentFrequency,
    }))
    return { passages: fuse(question, found).slice(0, query.limit), terms, questionVector: vector }
  }

  return { search }
}
