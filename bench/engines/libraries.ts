import { create, insertMultiple, search as oramaSearch, removeMultiple } from '@orama/orama'
import MiniSearch from 'minisearch'
import { DEPTH, type Engine, type EngineRow, type EngineSetup, engineRow } from './engine.ts'

const BATCH = 500

/** MiniSearch as its documentation sets it up for a search box: title boosted, prefixes and light misspellings. */
export function miniSearchEngine({ catalog }: EngineSetup): Engine {
  const index = new MiniSearch<EngineRow>({
    fields: ['title', 'text', 'more'],
    searchOptions: { boost: { title: 2 }, prefix: (term) => term.length > 3, fuzzy: 0.2 },
  })
  return {
    async build() {
      for (const { document } of catalog()) index.add(engineRow(document))
    },
    async update(changed) {
      for (const { document } of changed) index.replace(engineRow(document))
    },
    settled: async () => {},
    search: async (text) =>
      index
        .search(text)
        .slice(0, DEPTH)
        .map(({ id }) => String(id)),
    close: async () => {},
  }
}

/** Orama's full-text search with its English stemmer and the title boosted. */
export function oramaEngine({ catalog }: EngineSetup): Engine {
  const index = create({
    schema: { title: 'string', text: 'string', more: 'string' } as const,
    components: { tokenizer: { language: 'english', stemming: true } },
  })
  return {
    async build() {
      let rows: EngineRow[] = []
      for (const { document } of catalog()) {
        rows.push(engineRow(document))
        if (rows.length < BATCH) continue
        await insertMultiple(index, rows, BATCH)
        rows = []
      }
      await insertMultiple(index, rows, BATCH)
    },
    async update(changed) {
      const rows = changed.map(({ document }) => engineRow(document))
      await removeMultiple(
        index,
        rows.map(({ id }) => id),
        BATCH,
      )
      await insertMultiple(index, rows, BATCH)
    },
    settled: async () => {},
    async search(term) {
      const { hits } = await oramaSearch(index, {
        term,
        properties: ['title', 'text', 'more'],
        boost: { title: 2 },
        limit: DEPTH,
      })
      return hits.map(({ id }) => String(id))
    },
    close: async () => {},
  }
}
