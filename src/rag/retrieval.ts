import type { Audience } from '#domain/document.ts'
import type { ShopId } from '#domain/ids.ts'
import type { Embedder } from '#model/embedder.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { surelyIn } from './encoder/language.ts'
import { encodeQuestion } from './encoder/question-encoder.ts'
import type { Vocabulary } from './encoder/vocabulary.ts'
import { wordsOf } from './encoder/words.ts'
import { wholeChunk } from './index/passages/lazy-chunk.ts'
import type { SearchIndex } from './index/search-index.port.ts'
import { fusedRanking, joinedRanking } from './ranking/fused-ranking.ts'
import { FUSION } from './ranking/fusion-weights.ts'
import { featuredHits } from './ranking/hit-features.ts'
import { aroundItsMatter } from './ranking/one-matter.ts'
import { oneOfAKind } from './ranking/one-of-a-kind.ts'
import { type PassageLabels, passageLabels } from './ranking/passage-labels.ts'
import { questionParts } from './ranking/question-parts.ts'
import type { Passage, Retrieval, RetrievalQuery, RetrievalResult } from './retrieval.port.ts'

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
  const labels = passageLabels(embedder)

  async function vectorOf(text: string, signal: AbortSignal): Promise<Float32Array | null> {
    if (!embedder) return null
    try {
      return await embedder.embed(text, 'question', signal)
    } catch {
      return null
    }
  }

  async function search(query: RetrievalQuery, signal: AbortSignal): Promise<RetrievalResult> {
    signal.throwIfAborted()
    const texts = [query.text, ...questionParts(query.text)]
    const inTime = clock.deadline(VECTOR_WITHIN_MS, signal)
    const vectors = await Promise.all(texts.map((text) => vectorOf(text, inTime)))
    signal.throwIfAborted()
    const questionVector = vectors[0] ?? null
    const shop = shopIndex(query.shop)
    if (!shop) return { passages: [], terms: [], questionVector }
    const audience = spokenAudience(query)
    const found = await Promise.all(
      texts.map((text, place) =>
        searchOne(shop, { ...query, text, audience }, vectors[place] ?? null, labels, inTime, signal),
      ),
    )
    signal.throwIfAborted()
    const [all, ...parts] = found
    const joined = joinedRanking(
      all?.passages ?? [],
      parts.map(({ passages }) => passages),
      FUSION,
    )
    const passages = aroundItsMatter(joined, parts.length, shop.index.likeness, FUSION.matter)
    return { passages: oneOfAKind(whole(passages), query.limit), terms: all?.terms ?? [], questionVector }
  }

  return { search }
}

async function searchOne(
  shop: ShopIndex,
  query: RetrievalQuery,
  vector: Float32Array | null,
  labels: PassageLabels,
  inTime: AbortSignal,
  signal: AbortSignal,
) {
  const { text, audience, kinds, at, limit } = query
  const question = encodeQuestion(text, audience, shop.vocabulary)
  const candidates = Math.max(LEAST_CANDIDATES, limit)
  const found = await shop.index.search(
    { terms: question.terms, keys: question.keys, vector, audience, kinds: kinds ?? null, at, candidates },
    signal,
  )
  const hits = await labels.compared(featuredHits(question, found), vector, inTime)
  const terms = question.words.map(({ word, stem, weight, documentFrequency }) => ({
    word,
    stem,
    weight,
    documentFrequency,
  }))
  return { passages: fusedRanking(hits, FUSION), terms }
}

/** Of the many that were ranked only those that are looked at are read. */
function* whole(passages: Passage[]): Generator<Passage> {
  for (const passage of passages) yield { ...passage, chunk: wholeChunk(passage.chunk) }
}

/** Without a locale, the language the question is surely written in: a translation of the answer is no better than the answer. */
function spokenAudience({ text, audience }: RetrievalQuery): Audience {
  if (audience.locale) return audience
  const language = surelyIn(wordsOf(text))
  return language ? { ...audience, locale: language } : audience
}
