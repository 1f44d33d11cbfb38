import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import type { ShopDocument } from '#domain/document.ts'
import { readJson } from '#domain/foreign-json.ts'
import { documentId } from '#domain/ids.ts'

const ROOT = resolve(import.meta.dirname, '..')
/** Other people's data beside the checkout, when there is any. Nothing may be tuned to it. */
const FOREIGN = resolve(ROOT, '../shared/data')
const FOREIGN_SETS = {
  covidfaq: 'retrieval',
  tau2: 'retrieval',
  contoso: 'retrieval',
  squad2: 'answers',
  retail: 'answers',
} as const
const DEMO_DOCUMENTS = join(ROOT, 'demo/shop/documents.jsonl')
const DEMO_GOLD = join(ROOT, 'evals/datasets/demo-shop')

/** `relevant` or, where a file of answers is asked of retrieval, `documents`; the rest of a row is not looked at. */
const Question = z.object({
  id: z.string(),
  question: z.string().min(1),
  relevant: z.array(z.string()).optional(),
  documents: z.array(z.string()).optional(),
  locale: z.string().optional(),
  region: z.string().optional(),
})

export type CollectionQuestion = {
  id: string
  text: string
  relevant: ReadonlySet<string>
  locale: string | undefined
  region: string | undefined
}
export type Collection = { name: string; documents: ShopDocument[]; questions: CollectionQuestion[] }

/** The foreign collections that are there, or none. `names` chooses among them. */
export function foreignCollections(names: string[] = Object.keys(FOREIGN_SETS)): Collection[] {
  return Object.entries(FOREIGN_SETS)
    .filter(([name]) => names.includes(name) && existsSync(join(FOREIGN, `${name}-documents.jsonl`)))
    .map(([name, part]) => ({
      name,
      documents: readDocuments(join(FOREIGN, `${name}-documents.jsonl`)),
      questions: readQuestions(join(FOREIGN, `${name}-${part}.jsonl`)),
    }))
}

/** The demo shop with the questions of those of its files whose name `pick` accepts; null while it is not there. */
export function demoCollection(pick: (file: string) => boolean): Collection | null {
  if (!existsSync(DEMO_DOCUMENTS) || !existsSync(DEMO_GOLD)) return null
  const files = readdirSync(DEMO_GOLD).filter((file) => file.endsWith('.jsonl') && pick(file))
  return {
    name: 'demo',
    documents: readDocuments(DEMO_DOCUMENTS),
    questions: files.flatMap((file) => readQuestions(join(DEMO_GOLD, file))),
  }
}

function readDocuments(file: string): ShopDocument[] {
  // Checked by whoever made the file; ingest checks again what a shop sends.
  return linesOf(file)
    .map((row) => row as ShopDocument)
    .map((document) => ({ ...document, id: documentId(document.id) }))
}

function readQuestions(file: string): CollectionQuestion[] {
  return linesOf(file)
    .map((row) => Question.parse(row))
    .map(({ id, question, relevant, documents, locale, region }) => ({
      id,
      text: question,
      relevant: new Set(relevant ?? documents),
      locale,
      region,
    }))
    .filter(({ relevant }) => relevant.size > 0)
}

function linesOf(file: string): unknown[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim())
    .map(readJson)
}
