import type { Chunk } from '#domain/document.ts'
import type { Embedder } from '#model/embedder.port.ts'
import type { FeaturedHit } from './hit-features.ts'

/** Vectors of labels kept, the longest unused dropped first (1.5 kB each). */
const KEPT = 8_000
/** How many labels a text is held against: the passages nearest to it. A vector not yet known takes a millisecond. */
const MOST_COMPARED = 24
/** What the label counts in how near its passage is: a stored question as much as question and answer together, a heading less. */
const QUESTION_SHARE = 0.5
const HEADING_SHARE = 0.2

/**
 * Holds a question against what a passage says it is about: the question an FAQ answers, else title and headings. Listings have none:
 * a name says little about a product, and there are too many of them.
 */
export type PassageLabels = {
  /** The hits with `meant` by passage and label together. Vectors that do not come in time leave a hit as it is. */
  compared(hits: FeaturedHit[], question: Float32Array | null, signal: AbortSignal): Promise<FeaturedHit[]>
}

/** Vectors are made when first wanted and kept by text: a shop has few pages beside its products. */
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
        .filter(({ chunk, features }) => chunk.kind !== 'product' && features.cosine !== null)
        .sort((one, two) => (two.features.cosine ?? 0) - (one.features.cosine ?? 0))
        .slice(0, MOST_COMPARED)
      const meant = new Map<FeaturedHit, number>()
      await Promise.all(
        nearest.map(async (hit) => {
          const share = hit.chunk.question ? QUESTION_SHARE : HEADING_SHARE
          const vector = await vectorOf(embedder, labelOf(hit.chunk), signal)
          if (vector) meant.set(hit, (1 - share) * (hit.features.cosine ?? 0) + share * cosine(vector, question))
        }),
      )
      return hits.map((hit) => {
        const together = meant.get(hit)
        return together === undefined ? hit : { ...hit, features: { ...hit.features, meant: together } }
      })
    },
  }
}

function labelOf({ question, title, headingPath }: Chunk): string {
  return question ?? [...new Set([title, ...headingPath])].join(': ')
}

/** Vectors have unit length, so the dot product is the cosine. */
function cosine(one: Float32Array, two: Float32Array): number {
  let sum = 0
  for (let place = 0; place < one.length; place += 1) sum += (one[place] ?? 0) * (two[place] ?? 0)
  return sum
}
