import type { DocumentId, ImportId, ShopId } from '#domain/ids.ts'
import type { PreparedDocument } from './documents.port.ts'

export type ImportMode = 'upsert' | 'replace'
export type ImportStatus = 'running' | 'done' | 'failed' | 'cancelled'

/** `source` names where content comes from; `replace` retires what that source no longer has. A dry run reports and writes nothing. */
export type ImportRequest = { source: string; mode: ImportMode; dryRun: boolean; allowRetire: boolean }

/** Counts of rows, except `retired` (documents). `read` = the five outcomes together; `total` is null while the file still arrives. */
export type ImportState = ImportRequest & {
  id: ImportId
  status: ImportStatus
  /** The file is still arriving; nothing was acknowledged yet. */
  receiving: boolean
  total: number | null
  read: number
  unchanged: number
  created: number
  updated: number
  retired: number
  rejected: number
  /** Rows of a document that a later row of the same file holds again; the later one counted. */
  duplicates: number
  problem: { code: string; message: string } | null
  startedAt: string
  finishedAt: string | null
}

/** One complaint about a row; `field` and `value` say where, when it is about a field. `duplicate_id` is a note, not a rejection. */
export type ImportRowError = {
  line: number
  id: string | null
  code: string
  message: string
  field?: string
  value?: string
}

/** A row that was read and is to be stored: the document as JSON. Lines count from 1, as in the file. */
export type ImportRow = { line: number; documentId: DocumentId; body: string }
/** With the content hash of the live document of that id and source, if there is one: where it is the row's own, nothing is to be prepared. */
export type NextRow = ImportRow & { storedHash: string | null }

/** What one batch came to: rows are stored as `prepared`, were found stored already as `unchanged`, or rejected with `errors`. */
export type ImportBatch = {
  from: number
  to: number
  prepared: PreparedDocument[]
  unchanged: { id: DocumentId; contentHash: string }[]
  errors: ImportRowError[]
}
export type NextRows = { state: ImportState; cursor: number; rows: NextRow[] }

/** Imports, their rows until they are done, and their reports. Everything here survives the process at every instant. */
export type ImportStore = {
  open(shop: ShopId, id: ImportId, request: ImportRequest, signal: AbortSignal): Promise<void>
  /** Keeps a part of the file, and counts its bad rows as rejected. */
  receive(shop: ShopId, id: ImportId, rows: ImportRow[], errors: ImportRowError[], signal: AbortSignal): Promise<void>
  /** The file is complete: the import runs from here on, and the outbox says so, in one transaction. Once: later calls change nothing. */
  accept(shop: ShopId, id: ImportId, total: number, signal: AbortSignal): Promise<void>
  /** The rows after the last committed batch; null when there is no such import. */
  next(shop: ShopId, id: ImportId, limit: number, signal: AbortSignal): Promise<NextRows | null>
  /**
   * Documents, counts, row errors and the cursor in one transaction. Nothing is written when `moved` (another runner was
   * quicker, or the import was stopped) or `outdated` (a document is not `unchanged` any more: take the rows again).
   */
  commit(
    shop: ShopId,
    id: ImportId,
    batch: ImportBatch,
    signal: AbortSignal,
  ): Promise<'committed' | 'moved' | 'outdated'>
  /** Ends an import whose rows are all done: retires what a replacing file no longer has, and forgets the rows. */
  finish(shop: ShopId, id: ImportId, signal: AbortSignal): Promise<'done' | 'moved'>
  /** Ends a running import without its remaining rows; the problem also stands in the report, as line 0. False when it had ended already. */
  stop(
    shop: ShopId,
    id: ImportId,
    status: 'failed' | 'cancelled',
    problem: ImportState['problem'],
    signal: AbortSignal,
  ): Promise<boolean>
  get(shop: ShopId, id: ImportId, signal: AbortSignal): Promise<ImportState | null>
  /** By line; `after` is the last line and part already seen. */
  errors(
    shop: ShopId,
    id: ImportId,
    after: [line: number, part: number],
    limit: number,
    signal: AbortSignal,
  ): Promise<(ImportRowError & { part: number })[]>
  /** Running imports that nothing happened to since `since`, oldest first. */
  running(shop: ShopId, since: Date, signal: AbortSignal): Promise<ImportId[]>
  /** Ends uploads that stopped arriving before `silentSince`, and forgets reports finished before `finishedBefore`. */
  tidy(shop: ShopId, silentSince: Date, finishedBefore: Date, signal: AbortSignal): Promise<void>
}
