import type { QueryKind } from '../catalog/judged-queries.ts'
import type { VectorKind } from './catalog-vectors.ts'

export const ENGINES = ['own', 'miniSearch', 'orama', 'lanceDb'] as const
export type EngineName = (typeof ENGINES)[number]

/** One engine over one catalog, in a process of its own, so that its memory is its own. */
export type Assignment = {
  engine: EngineName
  size: number
  seed: string
  vectors: VectorKind
  queriesAKind: number
  /** Queries are drawn about the first so many products, so that catalogs of every size are asked the same. */
  askedAmong: number
  folder: string
}

/** Times in ms, memory in MiB over what the process had before. */
export type Built = { step: 'built'; ms: number; settledMs: number; memory: number }
export type Judged = {
  step: 'judged'
  ndcg: number
  recallAt1: number
  recallAt10: number
  byKind: Record<QueryKind, number>
  times: number[]
}
export type Updated = { step: 'updated'; ms: number; changed: number; found: number; memory: number }
export type Said = Built | Judged | Updated
