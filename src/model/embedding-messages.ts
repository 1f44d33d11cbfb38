/** What the main thread and the embedding thread say to each other. */
export type WorkerSetup = { folder: string }
export type ToWorker = { kind: 'embed'; run: number; text: string } | { kind: 'close' }
export type FromWorker =
  | { kind: 'ready'; model: string; dimensions: number }
  | { kind: 'unavailable'; reason: string }
  | { kind: 'vector'; run: number; vector: Float32Array }
  | { kind: 'refused'; run: number; reason: string }
