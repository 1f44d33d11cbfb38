import type { ImportPart, ImportRow, ImportRowError, ImportStore } from '#db/knowledge/imports.port.ts'
import type { ImportId, ShopId } from '#domain/ids.ts'
import { readDocumentRow } from './document-row.ts'
import { hintFor } from './row-hints.ts'
import type { SourceRow } from './sources/source-row.ts'

/** Rows a transaction, and characters of them. */
const RECEIVED_ROWS = 500
const RECEIVED_CHARACTERS = 4_000_000

/** What a file came to: its rows, and whether all the documents it names could be read off it. */
export type Received = { total: number; incomplete: boolean }

/**
 * Keeps the rows of a file as they come, and sets those aside that are no documents. `keepsRaw`: what was sent of a good row is
 * kept, too, because a document written as JSON is not it. Memory stays bounded by some rows.
 */
export async function receiveRows(
  store: ImportStore,
  shop: ShopId,
  id: ImportId,
  source: AsyncIterable<SourceRow[]>,
  keepsRaw: boolean,
  signal: AbortSignal,
): Promise<Received> {
  const received = { total: 0, incomplete: false }
  let part: ImportPart = { rows: [], rejects: [], errors: [] }
  let characters = 0
  const flush = async () => {
    if (part.rows.length + part.errors.length > 0) await store.receive(shop, id, part, signal)
    part = { rows: [], rejects: [], errors: [] }
    characters = 0
  }
  for await (const some of source) {
    for (const row of some) {
      const read = readRow(row)
      if (row.cutOff || ('errors' in read && read.rejected && isNameless(read.errors))) received.incomplete = true
      if ('errors' in read) {
        part.errors.push(...read.errors)
        if (read.rejected) part.rejects.push({ line: row.line, raw: row.raw ?? null })
        characters += row.raw?.length ?? 0
        if (read.rejected) received.total++
      } else {
        part.rows.push(keepsRaw ? { ...read, raw: row.raw } : read)
        characters += read.body.length + (keepsRaw ? (row.raw?.length ?? 0) : 0)
        received.total++
      }
      if (part.rows.length >= RECEIVED_ROWS || part.errors.length >= RECEIVED_ROWS || characters >= RECEIVED_CHARACTERS)
        await flush()
    }
  }
  await flush()
  return received
}

/** Nobody can say which document the row is: it may be any that the file seems not to have. */
function isNameless(errors: ImportRowError[]): boolean {
  return errors.every(({ id }) => id === null)
}

function readRow(row: SourceRow): ImportRow | { errors: ImportRowError[]; rejected: boolean } {
  const { line } = row
  if ('note' in row) return { errors: [withHint({ line, id: null, ...row.note })], rejected: false }
  if ('problem' in row) {
    const { problem, id = null } = row
    return { errors: [withHint({ line, id, ...problem }, row.columns)], rejected: true }
  }
  const read = readDocumentRow(row.value)
  if (read.ok) return { line, documentId: read.document.id, body: JSON.stringify(read.document) }
  const errors = read.errors.map(({ path, message, value }) =>
    withHint(
      {
        line,
        id: read.id,
        code: codeOf(path, message),
        message: path && path !== PROBLEM ? `${path}: ${message}` : message,
        ...(path && path !== PROBLEM ? { field: path } : {}),
        ...(value === undefined ? {} : { value }),
      },
      row.columns,
    ),
  )
  return { errors, rejected: true }
}

/** The field under which what reads folders and sites says that it could not read a page. */
const PROBLEM = '$problem'

function codeOf(path: string, message: string): string {
  if (path === PROBLEM) return 'unreadable'
  if (path === '') return 'bad_json'
  return message === 'Unknown field' ? 'unknown_field' : message === 'Missing' ? 'missing_field' : 'bad_field'
}

/** The complaint with what to do about it, and with the column of the file where that has another name. */
export function withHint(error: ImportRowError, columns?: ReadonlyMap<string, string>): ImportRowError {
  const hint = hintFor(error.code, error.field)
  const column = error.field === undefined ? undefined : columns?.get(error.field)
  return { ...error, ...(column === undefined ? {} : { column }), ...(hint === undefined ? {} : { hint }) }
}
