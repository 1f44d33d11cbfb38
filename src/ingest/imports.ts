import type { AnswerCursor, ImportStore, StoredFrame } from '#db/knowledge/imports.port.ts'
import { Fault } from '#domain/fault.ts'
import type { ImportId, ShopId } from '#domain/ids.ts'
import type { KnowledgeIndex } from '#rag/retrieval.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { Imports } from './imports.port.ts'
import { receiveRows, watched } from './receive-rows.ts'
import type { ImportRunner } from './runner/import-runner.port.ts'
import { type ImportRunnerParts, importRunner } from './runner/import-runner.ts'
import { readReading } from './sources/reading.ts'
import { openUpload } from './sources/upload/open-upload.ts'

const STOP_WITHIN_MS = 10_000
const ERRORS_A_PAGE = 500
/** Rejected rows a page; each may be 4 MiB, so few. */
const REJECTS_A_PAGE = 8

export type ImportParts = ImportRunnerParts & {
  index: Pick<KnowledgeIndex, 'caughtUp'>
  ids: Ids
  log: Log
  /** Another thread's, so that whoever asks questions meanwhile is not kept waiting; without one imports run in the caller's. */
  runner?: ImportRunner
}

/** Imports over the store: read and kept while the caller waits, stored batch by batch by whoever runs them. */
export function shopImports(parts: ImportParts): Imports {
  const { store, index, ids, clock, log, runner = importRunner(parts) } = parts
  return {
    async start(shop, request, { format, ...given }, body, signal) {
      const reading = readReading(given)
      const id = ids.make('imp')
      await store.open(shop, id, request, signal)
      try {
        const upload = openUpload(format, reading, watched(body, store, shop, id, clock, signal), signal)
        const { total, incomplete } = await receiveRows(store, shop, id, upload.rows, format !== 'ndjson', signal)
        await store.accept(shop, id, { total, incomplete, frame: upload.frame() }, signal)
        return id
      } catch (error) {
        const problem =
          error instanceof Fault && error.code.startsWith('ingest.')
            ? { code: error.code, message: error.message }
            : { code: 'upload_interrupted', message: 'The upload ended before its last row. Send the file again.' }
        // The caller may be gone, and their signal with them.
        const stopping = clock.deadline(STOP_WITHIN_MS, new AbortController().signal)
        await store.stop(shop, id, 'failed', problem, stopping).catch(() => {})
        throw error
      }
    },
    async run(shop, id, signal) {
      if ((await runner.run(shop, id, signal)) !== 'done') return
      await index.caughtUp(shop, signal)
      log.info({ shop, import: id }, 'import finished')
    },
    async get(shop, id, signal) {
      const state = await store.get(shop, id, signal)
      if (state?.status === 'done' && !state.dryRun) await index.caughtUp(shop, signal)
      return state
    },
    list: (shop, page, signal) => store.list(shop, page, signal),
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
    async rejected(shop, id, signal) {
      const frame = await store.frame(shop, id, signal)
      if (!frame) return null
      return { mediaType: frame.mediaType, bytes: rejectedBytes(store, shop, id, frame, signal) }
    },
    async *affectedAnswers(shop, id, signal) {
      for (let after: AnswerCursor | null = null; ; ) {
        const { items, next } = await store.affectedAnswers(shop, id, after, signal)
        yield* items
        if (next === null) return
        after = next
      }
    },
    async cancel(shop, id, signal) {
      if (await store.stop(shop, id, 'cancelled', null, signal)) return 'cancelled'
      return (await store.get(shop, id, signal)) ? 'ended_already' : 'unknown'
    },
  }
}

/** The rejected rows as a file of the kind that was sent, read as they are asked for. */
async function* rejectedBytes(
  store: Pick<ImportStore, 'rejects'>,
  shop: ShopId,
  id: ImportId,
  { head, tail }: StoredFrame,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head
  for (let after = -1; ; ) {
    const page = await store.rejects(shop, id, after, REJECTS_A_PAGE, signal)
    for (const { line, raw } of page) {
      yield raw
      yield LINE_BREAK
      after = line
    }
    if (page.length < REJECTS_A_PAGE) break
  }
  if (tail.length > 0) yield tail
}

const LINE_BREAK = Buffer.from('\n')
