import type { Audience, Chunk, DocumentKind } from '#domain/document.ts'
import type { ShopId } from '#domain/ids.ts'
import type { CatalogFinding } from './understand/catalog/catalog.port.ts'

export type RetrievalQuery = {
  shop: ShopId
  text: string
  audience: Audience
  kinds?: DocumentKind[]
  /** At most this many passages. */
  limit: number
  /** The moment of the question: content not valid then is not seen. */
  at: Date
}

/** How a passage came to its place; all scores 0–1 within this query except `cosine` (−1–1). */
export type PassageScores = {
  fused: number
  sparse: number
  ngram: number
  phrase: number
  /** Null while the passage has no vector yet, or without an embedder. */
  cosine: number | null
  /** 1 when an exact path (SKU, product name) put it first. */
  exact: number
}
export type Passage = { chunk: Chunk; score: number; scores: PassageScores }

/** What the query's words are worth in this shop, for the gate and the composer. */
export type QueryTerm = {
  /** As written by the shopper, lower case. */
  word: string
  stem: string
  /** 0 for function words; else inverse document frequency, highest for words the shop's content does not have. */
  weight: number
  /** In how many live chunks of the shop the stem stands. */
  documentFrequency: number
}

export type RetrievalResult = {
  passages: Passage[]
  terms: QueryTerm[]
  /** Null without an embedder. */
  questionVector: Float32Array | null
  /** What the fields of all products say to the question; absent where it asks for nothing of the kind. */
  catalog?: CatalogFinding
  /** Documents whose price or stock was read from its system for this question, and when (ISO 8601 UTC). */
  live?: { at: string; documents: string[] }
}

/** Finds the shop's passages for a text. Filters first (shop, locale, scope, validity), then exact paths, then the fused ranking. */
export type Retrieval = {
  search(query: RetrievalQuery, signal: AbortSignal): Promise<RetrievalResult>
}

/** Keeps the index in step with the database. */
export type KnowledgeIndex = {
  /** Builds every shop's index from the database. */
  start(signal: AbortSignal): Promise<void>
  /** Resolves once everything committed before the call is searchable. */
  caughtUp(shop: ShopId, signal: AbortSignal): Promise<void>
  state(shop: ShopId): {
    chunks: number
    vectors: number
    waiting: number
    epoch: number
    dense: 'approximate' | 'exact' | 'off'
  }
  close(signal: AbortSignal): Promise<void>
}
