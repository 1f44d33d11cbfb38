import type { ConversationId, DocumentId, ImportId, MessageId, ShopId } from '#domain/ids.ts'
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
  /** The file ended too early, or has rows nobody can name the document of; nothing is retired for what it does not have. */
  incomplete: boolean
  /** Of late, while rows are worked on; null before the first batch. */
  rowsPerSecond: number | null
  /** At that rate; null when nothing is left, or nobody can say yet. */
  remainingSeconds: number | null
  /** Of a dry run that is done: answers given to shoppers that cite what would change or be retired. */
  answersAffected: number | null
  problem: { code: string; message: string } | null
  /** Another import of the same source that has to end first; null when it is this one's turn, or it has ended. */
  waitsFor: ImportId | null
  startedAt: string
  /** When something of it was last stored. */
  lastProgressAt: string
  finishedAt: string | null
}

/**
 * One complaint about a row; `field` and `value` say where, when it is about a field, `column` what the file calls it. `hint` says
 * what to do. `duplicate_id`, `not_published` and what stands at line 0 or the header are notes, not rejections.
 */
export type ImportRowError = {
  line: number
  id: string | null
  code: string
  message: string
  field?: string
  value?: string
  column?: string
  hint?: string
}

/**
 * A row that was read and is to be stored: the document as JSON; `raw` is what was sent, where that is something else. Lines
 * count from 1, as in the file.
 */
export type ImportRow = { line: number; documentId: DocumentId; body: string; raw?: Uint8Array | undefined }
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
/** A part of a file: good rows, rejected ones as they were sent (`raw` is null for one too long to be kept), and complaints. */
export type ImportPart = {
  rows: ImportRow[]
  rejects: { line: number; raw: Uint8Array | null }[]
  errors: ImportRowError[]
}
/** What stands around the rows of a file. */
export type StoredFrame = { mediaType: string; head: Uint8Array; tail: Uint8Array }
export type AcceptedFile = { total: number; incomplete: boolean; frame: StoredFrame }

/** An answer that cites a document which would change. `passageStays`: the very passage it cites would still be there. */
export type AffectedAnswer = {
  messageId: MessageId
  conversationId: ConversationId
  answeredAt: string
  documentId: DocumentId
  title: string
  quote: string
  change: 'updated' | 'retired'
  passageStays: boolean
}
export type AnswerCursor = { at: Date; id: string }

export type NextRows = { state: ImportState; cursor: number; rows: NextRow[] }

/** Imports, their rows until they are done, and their reports. Everything here survives the process at every instant. */
export type ImportStore = {
  open(shop: ShopId, id: ImportId, request: ImportRequest, signal: AbortSignal): Promise<void>
  /**
   * Keeps a part of the file, and counts its bad rows as rejected; an empty part is a sign of life. False, with nothing kept,
   * when the import has ended meanwhile.
   */
  receive(shop: ShopId, id: ImportId, part: ImportPart, signal: AbortSignal): Promise<boolean>
  /**
   * The file has arrived: the import runs from here on, and the outbox says so, in one transaction. Of rows with one id the last
   * counts; rows that write an id with other capitals than the shop, or an earlier row, are rejected. Once: later calls change nothing.
   */
  accept(shop: ShopId, id: ImportId, file: AcceptedFile, signal: AbortSignal): Promise<void>
  /** The rows after the last committed batch, fewer than `limit` where they are long; null when there is no such import. */
  next(shop: ShopId, id: ImportId, limit: number, signal: AbortSignal): Promise<NextRows | null>
  /**
   * Documents, counts, row errors and the cursor in one transaction. Nothing is written when `moved` (another runner was
   * quicker, the import was stopped, or has to wait for another of its source) or `outdated` (a document is not `unchanged` any more: take the rows again).
   */
  commit(
    shop: ShopId,
    id: ImportId,
    batch: ImportBatch,
    signal: AbortSignal,
  ): Promise<'committed' | 'moved' | 'outdated'>
  /**
   * Ends an import whose rows are all done: retires what a replacing file no longer has, and forgets the rows. The outbox wakes
   * those that waited for it, here as after `stop`.
   */
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
  /** Newest first; reports of the last two weeks are kept. `cursor` is the id of the last one seen. */
  list(
    shop: ShopId,
    page: { cursor: string | null; limit: number; source?: string },
    signal: AbortSignal,
  ): Promise<{ items: ImportState[]; nextCursor: string | null }>
  /** By line; `after` is the last line and part already seen. */
  errors(
    shop: ShopId,
    id: ImportId,
    after: [line: number, part: number],
    limit: number,
    signal: AbortSignal,
  ): Promise<(ImportRowError & { part: number })[]>
  /** What stood around the rows; null when there is no such import. */
  frame(shop: ShopId, id: ImportId, signal: AbortSignal): Promise<StoredFrame | null>
  /** Rejected rows as they were sent, by line; those too long to be kept are left out. */
  rejects(
    shop: ShopId,
    id: ImportId,
    afterLine: number,
    limit: number,
    signal: AbortSignal,
  ): Promise<{ line: number; raw: Uint8Array }[]>
  /** Answers that cite what a dry run would change, newest first: those among the next thousands looked at. */
  affectedAnswers(
    shop: ShopId,
    id: ImportId,
    after: AnswerCursor | null,
    signal: AbortSignal,
  ): Promise<{ items: AffectedAnswer[]; next: AnswerCursor | null }>
  /** Running imports whose turn it is and that nothing happened to since `since`, oldest first. */
  running(shop: ShopId, since: Date, signal: AbortSignal): Promise<ImportId[]>
  /** Ends uploads that stopped arriving before `silentSince`, and forgets reports finished before `finishedBefore`. */
  tidy(shop: ShopId, silentSince: Date, finishedBefore: Date, signal: AbortSignal): Promise<void>
}
