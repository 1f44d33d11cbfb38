import type { DocumentStore, PreparedDocument } from '#db/knowledge/documents.port.ts'
import type { ImportBatch, ImportRow, ImportRowError, ImportStore, NextRows } from '#db/knowledge/imports.port.ts'
import type { ShopDocument } from '#domain/document.ts'
import { Fault } from '#domain/fault.ts'
import { readJson } from '#domain/foreign-json.ts'
import type { ImportId, ShopId } from '#domain/ids.ts'
import type { KnowledgeIndex } from '#rag/retrieval.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import { readDocumentRow } from './document-row.ts'
import type { Imports } from './imports.port.ts'
import { documentHash, prepareDocument } from './prepare-document.ts'
import { documentRows } from './sources/document-rows.ts'
import type { SourceRow } from './sources/source-row.ts'

/** Rows a transaction, and characters: few enough that a single document put in between waits a fraction of a second. */
const BATCH_ROWS = 250
const RECEIVED_ROWS = 500
const RECEIVED_CHARACTERS = 4_000_000
/** After this long (ms) of preparing, whoever waits in this process gets a turn. */
const TURN_MS = 8
/** Share of a source's documents that a replacing file may retire without being told to. Source: the HTTP contract, mass_retirement. */
const MOST_RETIRED = 0.3
const STOP_WITHIN_MS = 10_000
const ERRORS_A_PAGE = 500

export type ImportParts = {
  store: ImportStore
  documents: Pick<DocumentStore, 'untouched'>
  index: Pick<KnowledgeIndex, 'caughtUp'>
  clock: Clock
  ids: Ids
  log: Log
  /** Rows a transaction. */
  batchRows?: number
}

/** Imports over the store: read and kept while the caller waits, stored batch by batch by whoever runs them. */
export function shopImports(parts: ImportParts): Imports {
  const { store, index, ids, clock, log, batchRows = BATCH_ROWS } = parts
  return {
    async start(shop, request, format, body, signal) {
      const id = ids.make('imp')
      await store.open(shop, id, request, signal)
      try {
        const total = await receive(store, shop, id, documentRows(format, body, signal), signal)
        await store.accept(shop, id, total, signal)
        return id
      } catch (error) {
        const problem = {
          code: 'upload_interrupted',
          message: 'The upload ended before its last row. Send the file again.',
        }
        // The caller may be gone, and their signal with them.
        const stopping = clock.deadline(STOP_WITHIN_MS, new AbortController().signal)
        await store.stop(shop, id, 'failed', problem, stopping).catch(() => {})
        throw error
      }
    },
    async run(shop, id, signal) {
      for (;;) {
        const next = await store.next(shop, id, batchRows, signal)
        if (next?.state.status !== 'running' || next.state.receiving) return
        const step =
          next.cursor === 0 && (await retiresTooMuch(parts, shop, next, signal))
            ? 'moved'
            : await runBatch(parts, shop, next, signal)
        if (step === 'moved') return
        if (step === 'done') {
          await index.caughtUp(shop, signal)
          log.info({ shop, import: id }, 'import finished')
          return
        }
      }
    },
    async get(shop, id, signal) {
      const state = await store.get(shop, id, signal)
      if (state?.status === 'done' && !state.dryRun) await index.caughtUp(shop, signal)
      return state
    },
    async *errors(shop, id, signal) {
      for (let after: [number, number] = [-1, 0]; ; ) {
        const page = await store.errors(shop, id, after, ERRORS_A_PAGE, signal)
        for (const { part, ...error } of page) {
          after = [error.line, part]
          yield error
        }
        if (page.length < ERRORS_A_PAGE) return
      }
    },
    async cancel(shop, id, signal) {
      if (await store.stop(shop, id, 'cancelled', null, signal)) return 'cancelled'
      return (await store.get(shop, id, signal)) ? 'ended_already' : 'unknown'
    },
  }
}

/** Keeps the rows as they come. Gives how many there were. */
async function receive(
  store: ImportStore,
  shop: ShopId,
  id: ImportId,
  source: AsyncIterable<SourceRow[]>,
  signal: AbortSignal,
): Promise<number> {
  let total = 0
  let characters = 0
  let rows: ImportRow[] = []
  let errors: ImportRowError[] = []
  const flush = async () => {
    if (rows.length + errors.length > 0) await store.receive(shop, id, rows, errors, signal)
    rows = []
    errors = []
    characters = 0
  }
  for await (const some of source) {
    for (const row of some) {
      total++
      const read = readRow(row)
      if ('errors' in read) errors.push(...read.errors)
      else {
        rows.push(read)
        characters += read.body.length
      }
      if (rows.length >= RECEIVED_ROWS || errors.length >= RECEIVED_ROWS || characters >= RECEIVED_CHARACTERS)
        await flush()
    }
  }
  await flush()
  return total
}

function readRow(row: SourceRow): ImportRow | { errors: ImportRowError[] } {
  const { line } = row
  if ('problem' in row) return { errors: [{ line, id: null, ...row.problem }] }
  const read = readDocumentRow(row.value)
  if (read.ok) return { line, documentId: read.document.id, body: JSON.stringify(read.document) }
  return { errors: read.errors.map((error) => rowError(line, read.id, error)) }
}

function rowError(
  line: number,
  id: string | null,
  { path, message, value }: { path: string; message: string; value?: string },
): ImportRowError {
  const code = message === 'Unknown field' ? 'unknown_field' : message === 'Missing' ? 'missing_field' : 'bad_field'
  return {
    line,
    id,
    code,
    message: path ? `${path}: ${message}` : message,
    ...(path ? { field: path } : {}),
    ...(value === undefined ? {} : { value }),
  }
}

async function retiresTooMuch(
  { store, documents }: ImportParts,
  shop: ShopId,
  { state }: NextRows,
  signal: AbortSignal,
): Promise<boolean> {
  if (state.mode !== 'replace' || state.allowRetire) return false
  const { missing, live } = await documents.untouched(shop, state.source, state.id, signal)
  if (missing.length <= live * MOST_RETIRED) return false
  const message = `${missing.length} of the ${live} documents of this source are not in the file. Send it with allowRetire=true if they are to go.`
  await store.stop(shop, state.id, 'failed', { code: 'mass_retirement', message }, signal)
  return true
}

async function runBatch(
  { store, clock }: ImportParts,
  shop: ShopId,
  { state, cursor, rows }: NextRows,
  signal: AbortSignal,
): Promise<'committed' | 'moved' | 'outdated' | 'done'> {
  const last = rows.at(-1)
  if (!last) return store.finish(shop, state.id, signal)
  const prepared: PreparedDocument[] = []
  const unchanged: ImportBatch['unchanged'] = []
  const errors: ImportRowError[] = []
  let turn = clock.elapsed()
  for (const { line, body, documentId, storedHash } of rows) {
    const document = readJson(body) as ShopDocument
    if (storedHash !== null && storedHash === documentHash(document)) {
      unchanged.push({ id: documentId, contentHash: storedHash })
      continue
    }
    try {
      prepared.push(prepareDocument(document))
    } catch (error) {
      if (!(error instanceof Fault) || error.kind !== 'user') throw error
      errors.push({
        line,
        id: document.id,
        code: error.code.split('.').at(-1) ?? error.code,
        message: error.message,
        field: 'text',
      })
    }
    if (clock.elapsed() - turn > TURN_MS) {
      await clock.sleep(0, signal)
      turn = clock.elapsed()
    }
  }
  return store.commit(shop, state.id, { from: cursor, to: last.line, prepared, unchanged, errors }, signal)
}
