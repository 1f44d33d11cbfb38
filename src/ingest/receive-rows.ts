import type { ImportPart, ImportRow, ImportRowError, ImportStore } from '#db/knowledge/imports.port.ts'
import { Fault } from '#domain/fault.ts'
import type { ImportId, ShopId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { readDocumentRow } from './document-row.ts'
import { hintFor } from './row-hints.ts'
import type { SourceRow } from './sources/source-row.ts'

/** Rows a transaction, and characters of them. */
const RECEIVED_ROWS = 500
const RECEIVED_CHARACTERS = 4_000_000
/** Uploads nobody heard of for a minute and a half are taken for broken off; some send a row a second, or one endless row. */
const SIGN_OF_LIFE_MS = 20_000

/** What a file came to: its rows, and whether all the documents it names could be read off it. */
export type Received = { total: number; incomplete: boolean }

/**
 * Keeps the rows of a file as they come, and sets those aside that are no documents. `keepsRaw`: what was sent of a good row is
 * kept, too, because a document written as JSON is not it. Memory stays bounded by some rows. Throws what `source` throws, and
 * Fault user `ingest.import.ended` when the import was cancelled meanwhile.
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
  let isEmpty = true
  const flush = async () => {
    if (part.rows.length + part.errors.length > 0) await keep(store, shop, id, part, signal)
    part = { rows: [], rejects: [], errors: [] }
    characters = 0
  }
  for await (const some of source) {
    if (some.length > 0) isEmpty = false
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
  if (isEmpty) part.errors.push(withHint({ line: 0, id: null, code: 'empty_file', message: 'The file has no rows.' }))
  await flush()
  return received
}

/** The bytes as they come, while signs of life say that they still do. Throws what `body` throws, and as receiveRows. */
export async function* watched(
  body: AsyncIterable<Uint8Array>,
  store: Pick<ImportStore, 'receive'>,
  shop: ShopId,
  id: ImportId,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  let told = clock.elapsed()
  for await (const bytes of body) {
    if (clock.elapsed() - told >= SIGN_OF_LIFE_MS) {
      await keep(store, shop, id, { rows: [], rejects: [], errors: [] }, signal)
      told = clock.elapsed()
    }
    yield bytes
  }
}

async function keep(
  store: Pick<ImportStore, 'receive'>,
  shop: ShopId,
  id: ImportId,
  part: ImportPart,
  signal: AbortSignal,
): Promise<void> {
  if (await store.receive(shop, id, part, signal)) return
  throw new Fault({
    kind: 'user',
    code: 'ingest.import.ended',
    status: 409,
    message: 'The import was ended while its file was still arriving; nothing of it was stored.',
  })
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
