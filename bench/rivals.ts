import { create, insertMultiple, search as oramaSearch } from '@orama/orama'
import MiniSearch from 'minisearch'
import type { Chunk, ShopDocument } from '#domain/document.ts'

/** Gives document ids, best first. */
export type Ranker = (question: string, vector: Float32Array) => Promise<string[]> | string[]
type Row = { id: string; document: string; title: string; text: string; more: string }

/** More than 10, since several passages of one document may lead. */
const DEPTH = 60

/** Whole documents, or the product's own passages: which of the two serves a rival better differs by collection. */
export function rivalRows(documents: ShopDocument[], chunks: Chunk[]): { whole: Row[]; passages: Row[] } {
  const more = ({
    sku,
    category,
    attributes,
    aliases,
  }: Pick<Chunk, 'sku' | 'category'> & Partial<Pick<Chunk, 'attributes' | 'aliases'>>) =>
    [
      sku,
      category,
      ...(aliases ?? []),
      ...Object.entries(attributes ?? {}).map(
        ([name, value]) => `${name} ${typeof value === 'object' ? `${value.value} ${value.unit}` : value}`,
      ),
    ]
      .filter(Boolean)
      .join(' ')
  return {
    whole: documents.map((document) => ({
      id: document.id,
      document: document.id,
      title: document.title,
      text: document.text,
      more: more(document),
    })),
    passages: chunks.map((chunk) => ({
      id: chunk.id,
      document: chunk.documentId,
      title: [chunk.title, ...chunk.headingPath].join(' '),
      text: chunk.text,
      more: more(chunk),
    })),
  }
}

/** MiniSearch as its documentation sets it up for a search box: title boosted, prefixes and light misspellings. */
export function miniSearch(rows: Row[], forgiving: boolean): Ranker {
  const index = new MiniSearch<Row>({
    fields: ['title', 'text', 'more'],
    storeFields: ['document'],
    searchOptions: {
      boost: { title: 2 },
      ...(forgiving ? { prefix: (term: string) => term.length > 3, fuzzy: 0.2 } : {}),
    },
  })
  index.addAll(rows)
  return (question) =>
    index
      .search(question)
      .slice(0, DEPTH)
      .map((found) => String(found.document))
}

/** Orama's full-text search with its English stemmer and the title boosted. */
export async function orama(rows: Row[]): Promise<Ranker> {
  const index = create({
    schema: { document: 'string', title: 'string', text: 'string', more: 'string' } as const,
    components: { tokenizer: { language: 'english', stemming: true } },
  })
  await insertMultiple(index, rows, 500)
  return async (question) => {
    const { hits } = await oramaSearch(index, {
      term: question,
      properties: ['title', 'text', 'more'],
      boost: { title: 2 },
      limit: DEPTH,
    })
    return hits.map(({ document }) => String(document.document))
  }
}

/** The shipped embedder without words: every passage by cosine. */
export function embedderAlone(chunks: Chunk[], vectors: Map<string, Float32Array>): Ranker {
  return (_question, vector) =>
    chunks
      .map((chunk) => ({
        id: chunk.documentId as string,
        score: dot(vector, vectors.get(chunk.contentHash) ?? vector),
      }))
      .sort((one, two) => two.score - one.score)
      .slice(0, DEPTH)
      .map(({ id }) => id)
}

function dot(one: Float32Array, two: Float32Array): number {
  let sum = 0
  for (let place = 0; place < one.length; place += 1) sum += (one[place] as number) * (two[place] as number)
  return sum
}
