import type { ShopDocument } from '#domain/document.ts'
import type { Embedder } from '#model/embedder.port.ts'

/** More than 10, since several passages of one document may lead. */
export const DEPTH = 60

/** A document with the vector made of it. */
export type WithVector = { document: ShopDocument; vector: Float32Array }
/** What an engine is given: the catalog row by row, the embedder for questions, a folder of its own. */
export type EngineSetup = {
  catalog: () => Iterable<WithVector>
  embedder: Embedder
  folder: string
  signal: AbortSignal
}
/** One way of searching a catalog; times are taken from outside. Resolves when everything given is found. */
export type Engine = {
  build(): Promise<void>
  /** Stores documents it has in another version. */
  update(changed: WithVector[]): Promise<void>
  /** Resolves when background work that searching profits from is over. */
  settled(): Promise<void>
  /** Ids of documents, best first, at most DEPTH. */
  search(text: string): Promise<string[]>
  close(): Promise<void>
}

/** The fields rivals search in, as `rivalRows` of the search bench gives them: title, text, and everything else as words. */
export type EngineRow = { id: string; title: string; text: string; more: string }

export function engineRow({ id, title, text, sku, category, attributes, aliases }: ShopDocument): EngineRow {
  const told = Object.entries(attributes ?? {}).map(
    ([name, value]) => `${name} ${typeof value === 'object' ? `${value.value} ${value.unit}` : value}`,
  )
  return { id, title, text, more: [sku, category, ...(aliases ?? []), ...told].filter(Boolean).join(' ') }
}
