import type { ShopDocument } from '#domain/document.ts'
import { documentId } from '#domain/ids.ts'
import { prepareDocument } from '#ingest/prepare-document.ts'
import { UnusableInput } from '../suite.ts'

/** One change of a page: what stood there, what stands there now, and what to ask. */
export type UpdateCase = {
  id: string
  before: ShopDocument
  after: ShopDocument
  /** Sentences that could be quoted before and are gone. */
  stale: string[]
  /** Sentences that can be quoted now and could not be before. */
  fresh: string[]
}

/** Fewer words stand in every second page. */
const LEAST_WORDS = 4

/** Lines of a dataset as cases; sentences that never were in a passage (markup, mostly) are left out. Throws UnusableInput. */
export function readUpdateCases(rows: { line: number; value: unknown }[]): UpdateCase[] {
  return rows.map(({ line, value }) => {
    const row = (value ?? {}) as Record<string, unknown>
    for (const name of ['id', 'documentId', 'title', 'before', 'after'])
      if (typeof row[name] !== 'string' || row[name] === '')
        throw new UnusableInput(`line ${line}: ${name} is missing or no text`)
    const page = (text: unknown): ShopDocument => ({
      id: documentId(String(row.documentId)),
      kind: 'policy',
      title: String(row.title).slice(0, 500),
      text: String(text),
      ...(typeof row.locale === 'string' ? { locale: row.locale } : {}),
    })
    const [before, after] = [page(row.before), page(row.after)]
    const [then, now] = [passagesOf(before), passagesOf(after)]
    const quoted = (sentence: string, passages: string[]) => passages.some((passage) => says(passage, sentence))
    return {
      ...{ id: String(row.id), before, after },
      stale: sentences(row.changedSentences, line).filter((one) => quoted(one, then) && !quoted(one, now)),
      fresh: sentences(row.addedSentences, line).filter((one) => quoted(one, now) && !quoted(one, then)),
    }
  })
}

/** Whether the words of the sentence stand in the text, one after another, whatever marks and spaces are around them. */
export function says(text: string, sentence: string): boolean {
  return ` ${words(text)} `.includes(` ${words(sentence)} `)
}

function words(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\]\([^)]*\)/g, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

function passagesOf(document: ShopDocument): string[] {
  return prepareDocument(document).chunks.map(({ text }) => text)
}

function sentences(value: unknown, line: number): string[] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value) || value.some((one) => typeof one !== 'string'))
    throw new UnusableInput(`line ${line}: changed and added sentences are lists of texts`)
  return value.filter((one: string) => words(one).split(' ').length >= LEAST_WORDS)
}
