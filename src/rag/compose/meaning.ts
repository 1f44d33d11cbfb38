import type { Embedder } from '#model/embedder.port.ts'
import type { Meaning } from './meaning.port.ts'

/** Sentences and stored questions come up again and again; this many of their vectors are kept (1.5 kB each). */
const KEPT = 8_000

/** Meaning by the shipped embedder, vectors kept by text, the longest unused dropped first. Without an embedder everything is null. */
export function meaning(embedder: Embedder | null): Meaning {
  const kept = new Map<string, Float32Array>()
  async function vectorOf(embedder: Embedder, text: string, signal: AbortSignal): Promise<Float32Array | null> {
    const known = kept.get(text)
    if (known) kept.delete(text)
    const vector = known ?? (await embedder.embed(text, 'question', signal).catch(() => null))
    signal.throwIfAborted()
    if (!vector) return null
    kept.set(text, vector)
    const [oldest] = kept.keys()
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest)
    return vector
  }
  return {
    async nearness(question, texts, signal) {
      if (!embedder || !question) return texts.map(() => null)
      const vectors = await Promise.all(texts.map((text) => vectorOf(embedder, text, signal)))
      return vectors.map((vector) => (vector ? cosine(question, vector) : null))
    },
  }
}

// Vectors have unit length, so the dot product is the cosine.
function cosine(left: Float32Array, right: Float32Array): number {
  let sum = 0
  for (let at = 0; at < left.length; at += 1) sum += (left[at] ?? 0) * (right[at] ?? 0)
  return sum
}
