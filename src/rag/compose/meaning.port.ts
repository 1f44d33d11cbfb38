/** How near in meaning texts are to a question, by the vectors of the embedder. */
export type Meaning = {
  /** Cosines in the order of `texts`, −1 to 1; null where there is no vector. Rejects only when aborted. */
  nearness(question: Float32Array | null, texts: string[], signal: AbortSignal): Promise<(number | null)[]>
}
