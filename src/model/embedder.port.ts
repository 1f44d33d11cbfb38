/** Turns text into a unit-length vector. One text a run: a batch would change the vectors (see models/purser-embed/README.md). */
export type Embedder = {
  /** Name, version and start of the weights' hash; vectors of different models never mix. */
  model: string
  dimensions: number
  /** Cut at the model's longest input. A question overtakes background work. Rejects with the signal's reason when aborted before its turn. */
  embed(text: string, priority: 'question' | 'background', signal: AbortSignal): Promise<Float32Array>
  close(signal: AbortSignal): Promise<void>
}

/** Where the native runtime or the model folder is missing the product works sparse-only and says so. */
export type EmbedderState = { state: 'ready'; embedder: Embedder } | { state: 'unavailable'; reason: string }
