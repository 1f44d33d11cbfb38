import type { Chunk } from '#domain/document.ts'
import type { EncodedQuestion } from '../encoder/question-encoder.ts'
import type { IndexHits } from '../index/search-index.port.ts'
import { type TextFeatures, textFeatures, wantedTerms } from './text-features.ts'

/** What a hit shows of the question, each 0–1 (cosines apart); what fusing weighs. */
export type HitFeatures = TextFeatures & {
  /** Sum of term weights over the best hit's. */
  sparse: number
  /** Of the passage's vector and the question's; null without one. */
  cosine: number | null
  /** How near the passage is all told: its cosine, until its label is looked at too. */
  meant: number | null
  exact: number
  /** 1 when the question gives its article number. */
  numbered: number
}
/** Shorter numbers are years and quantities first, article numbers second. */
const SHORTEST_BARE_NUMBER = 5
const isArticleNumber = (key: string) =>
  key.startsWith('sku:') &&
  (/\p{L}/u.test(key.slice('sku:'.length)) || key.length >= 'sku:'.length + SHORTEST_BARE_NUMBER)

export type FeaturedHit = { chunk: Chunk; features: HitFeatures }

/** The hits with their features, in the hits' order. Reads the hits' terms, so it comes before the caller next awaits. */
export function featuredHits(question: EncodedQuestion, { hits }: IndexHits): FeaturedHit[] {
  const bestSparse = hits.reduce((best, { sparse }) => Math.max(best, sparse), 0)
  const longestKey = hits.reduce((longest, { keys }) => Math.max(longest, ...keys.map((key) => key.length)), 0)
  const wanted = wantedTerms(question)
  return hits.map((hit) => ({
    chunk: hit.chunk,
    features: {
      sparse: bestSparse > 0 ? hit.sparse / bestSparse : 0,
      cosine: hit.cosine,
      meant: hit.cosine,
      // The longest name meant wins: "Light Blue Account" is not also a question about "Blue Account".
      exact: hit.keys.some((key) => key.startsWith('sku:') || key.length === longestKey) ? 1 : 0,
      numbered: hit.keys.some(isArticleNumber) ? 1 : 0,
      ...textFeatures(hit, wanted),
    },
  }))
}
