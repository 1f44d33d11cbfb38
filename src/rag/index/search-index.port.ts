import type { Audience, Chunk, DocumentKind } from '#domain/document.ts'
import type { ChunkId } from '#domain/ids.ts'
import type { EncodedPassage } from '../encoder/passage-encoder.ts'

/** A passage as it enters an index. */
export type IndexedPassage = { chunk: Chunk; encoded: EncodedPassage; vector: Float32Array | null }
export type IndexChange = { removed: ChunkId[]; upserted: IndexedPassage[] }

/** Terms are numbers of the shop's vocabulary, weights already hold the inverse document frequency. */
export type IndexQuery = {
  terms: { term: number; weight: number }[]
  /** A passage that carries one of these keys is always among the hits. */
  keys: string[]
  /** Unit length; null for a ranking by words alone. */
  vector: Float32Array | null
  audience: Audience
  kinds: DocumentKind[] | null
  /** The moment of the question. */
  at: Date
  /** How many of the best by words and how many of the nearest vectors become hits. */
  candidates: number
}

export type IndexHit = {
  /** Read as far as it is looked at: `wholeChunk` (passages/lazy-chunk.ts) before it goes further than the ranking. */
  chunk: Chunk
  /** Sum of question weight times passage weight over shared terms; 0 without one. */
  sparse: number
  /** Null while the passage has no vector, or the query none. */
  cosine: number | null
  /** The keys of the query this passage carries. */
  keys: string[]
  /** See EncodedPassage; valid until the caller next awaits. */
  sequence: Uint32Array
  head: number
}

export type IndexHits = {
  hits: IndexHit[]
  /** The question's cosine with the shop's mean vector: what an unrelated passage has. */
  meanCosine: number
}

/** One shop's passages, to be searched by words and vectors together. Filters come first; a hit always passes them. */
export type SearchIndex = {
  /** Takes passages out and puts passages in (one with a known id replaces it). Changes are applied in the order of the calls. */
  apply(change: IndexChange, signal: AbortSignal): Promise<void>
  /** Gives vectors to live passages by content hash; unknown hashes are ignored. */
  setVectors(vectors: { contentHash: string; vector: Float32Array }[], signal: AbortSignal): Promise<void>
  /** Content hashes of live passages without a vector, each once, from the `after`-th on. */
  withoutVector(limit: number, after: number): string[]
  /** Best first by no particular measure: fusing is the caller's. */
  search(query: IndexQuery, signal: AbortSignal): Promise<IndexHits>
  /**
   * How near each passage is to the middle of the `leaders`' vectors: cosines up to a factor common to all; null without a vector.
   * Passages that are gone meanwhile count as without one.
   */
  likeness(leaders: ChunkId[], passages: ChunkId[]): (number | null)[]
  /** `waiting`: vectors on their way into the graph of neighbours; until then they are scanned. */
  size(): { chunks: number; vectors: number; waiting: number; dense: 'approximate' | 'exact' | 'off' }
  close(signal: AbortSignal): Promise<void>
}
