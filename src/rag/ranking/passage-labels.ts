import type { Embedder } from '#model/embedder.port.ts'
import type { FeaturedHit } from './hit-features.ts'

/** Vectors of stored questions kept, the longest unused dropped first (1.5 kB each). */
const KEPT = 8_000
/** How many of them a text is held against: the passages nearest to it. A vector not yet known takes a millisecond. */
const MOST_COMPARED = 24
/** What the stored question counts in how near its passage is: as much as question and answer together. */
const QUESTION_SHARE = 0.5

/**
 * Holds a question against the questions that FAQ passages answer, which say more briefly what they are about than their answers do.
 * Titles and headings of other pages gain nothing on the development sets, and there are many more of them.
 */
export type PassageLabels = {
  /** The hits with `meant` by passage and stored question together. Vectors that do not come in time leave a hit as it is. */
  compared(hits: FeaturedHit[], question: Float32Array | null, signal: AbortSignal): Promise<FeaturedHit[]>
}

/** Vectors are made when first wanted and kept by text: a shop has few stored questions beside its products. */
export function passageLabels(embedder: Embedder | null): PassageLabels {
  const kept = new Map<string, Float32Array>()

  /** On their way: a text's sentences often meet the same passages. */
  const coming = new Map<string, Promise<Float32Array | null>>()

  function vectorOf(embedder: Embedder, text: string, signal: AbortSignal): Promise<Float32Array | null> {
    const known = kept.get(text)
    if (known) {
      kept.delete(text)
      kept.set(text, known)
      return Promise.resolve(known)
    }
    const begun = coming.get(text)
    if (begun) return begun
    const made = embedder
      .embed(text, 'question', signal)
      .then(
        (vector) => {
          kept.set(text, vector)
          const [oldest] = kept.keys()
          if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest)
          return vector
        },
        () => null,
      )
      .finally(() => coming.delete(text))
    coming.set(text, made)
    return made
  }

  return {
    async compared(hits, question, signal) {
      if (!embedder || !question) return hits
      const nearest = hits
        .filter(({ chunk, features }) => chunk.question && features.cosine !== null)
        .sort((one, two) => (two.features.cosine ?? 0) - (one.features.cosine ?? 0))
        .slice(0, MOST_COMPARED)
      const meant = new Map<FeaturedHit, number>()
      await Promise.all(
        nearest.map(async (hit) => {
          const vector = await vectorOf(embedder, hit.chunk.question ?? '', signal)
          if (vector)
            meant.set(
              hit,
              (1 - QUESTION_SHARE) * (hit.features.cosine ?? 0) + QUESTION_SHARE * cosine(vector, question),
            )
        }),
      )
      return hits.map((hit) => {
        const together = meant.get(hit)
        return together === undefined ? hit : { ...hit, features: { ...hit.features, meant: together } }
      })
    },
  }
}

/** Vectors have unit length, so the dot product is the cosine. */
function cosine(one: Float32Array, two: Float32Array): number {
  let sum = 0
  for (let place = 0; place < one.length; place += 1) sum += (one[place] ?? 0) * (two[place] ?? 0)
  return sum
}
