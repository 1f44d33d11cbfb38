import { join } from 'node:path'
import { importRival } from '../rivals/install.ts'
import { DEPTH, type Engine, type EngineRow, type EngineSetup, engineRow, type WithVector } from './engine.ts'

const BATCH = 5_000
/** Below this LanceDB's documentation advises to scan; above it the graph index that favours recall. */
const INDEXED_FROM = 10_000
const TEXT_COLUMNS = ['title', 'text', 'more']

type Row = EngineRow & { vector: number[] }
type Query = {
  fullTextSearch(text: string, options: { columns: string[] }): Query
  nearestTo(vector: Float32Array): Query
  distanceType(name: 'cosine'): Query
  rerank(reranker: unknown): Query
  select(columns: string[]): Query
  limit(count: number): Query
  toArray(): Promise<{ id: string }[]>
}
type Table = {
  add(rows: Row[]): Promise<unknown>
  createIndex(column: string, options: { config: unknown }): Promise<void>
  mergeInsert(on: string): {
    whenMatchedUpdateAll(): { whenNotMatchedInsertAll(): { execute(rows: Row[]): Promise<unknown> } }
  }
  optimize(): Promise<unknown>
  query(): Query
}
type Lance = {
  connect(folder: string): Promise<{ createTable(name: string, rows: Row[]): Promise<Table>; close(): void }>
  Index: { fts(options: object): unknown; hnswSq(options: object): unknown }
  rerankers: { RRFReranker: { create(): Promise<unknown> } }
}

/** LanceDB with its own hybrid: full text (English stemmer) over the three columns, our vectors, reciprocal rank fusion. */
export async function lanceEngine({ catalog, embedder, folder, signal }: EngineSetup): Promise<Engine> {
  const lance = (await importRival('@lancedb/lancedb/dist/index.js')) as unknown as Lance
  const connection = await lance.connect(join(folder, 'lance'))
  const reranker = await lance.rerankers.RRFReranker.create()
  let table: Table | null = null
  const opened = () => {
    if (!table) throw new Error('not built yet')
    return table
  }
  return {
    async build() {
      let rows: Row[] = []
      let count = 0
      const flush = async () => {
        if (rows.length === 0) return
        if (table) await table.add(rows)
        else table = await connection.createTable('products', rows)
        rows = []
      }
      for (const one of catalog()) {
        rows.push(rowOf(one))
        count += 1
        if (rows.length >= BATCH) await flush()
      }
      await flush()
      for (const column of TEXT_COLUMNS)
        await opened().createIndex(column, {
          config: lance.Index.fts({ stem: true, language: 'English', withPosition: true }),
        })
      if (count >= INDEXED_FROM)
        await opened().createIndex('vector', { config: lance.Index.hnswSq({ distanceType: 'cosine' }) })
    },
    async update(changed) {
      await opened().mergeInsert('id').whenMatchedUpdateAll().whenNotMatchedInsertAll().execute(changed.map(rowOf))
      await opened().optimize()
    },
    settled: async () => {},
    async search(text) {
      const vector = await embedder.embed(text, 'question', signal)
      const found = await opened()
        .query()
        .fullTextSearch(text, { columns: TEXT_COLUMNS })
        .nearestTo(vector)
        .distanceType('cosine')
        .rerank(reranker)
        .select(['id'])
        .limit(DEPTH)
        .toArray()
      return found.map(({ id }) => id)
    },
    close: async () => connection.close(),
  }
}

function rowOf({ document, vector }: WithVector): Row {
  return { ...engineRow(document), vector: Array.from(vector) }
}
