import { sql } from 'kysely'
import type { Id, ImportId, ShopId } from '#domain/ids.ts'
import { documentId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { addToOutbox } from '../background/outbox.postgres.ts'
import { type Database, type DatabaseTransaction, inShop } from '../database.ts'
import { compareDocuments, lastOfEach, retireDocuments, writeDocuments } from './document-writes.ts'
import { missingFrom } from './documents.postgres.ts'
import { count, end, type ImportsRow, insertErrors, linesOf, readError, readState, supersede } from './import-rows.ts'
import type { ImportBatch, ImportStore } from './imports.port.ts'

/** The queue that runs imports; the outbox entry of an accepted import goes there. */
const QUEUE = 'import'
const FIRST_ANALYZED = 500

/** Imports in PostgreSQL. Every step is one transaction that first locks the import, so two runners never do the same rows. */
export function postgresImports(database: Database, clock: Clock): ImportStore {
  return {
    async open(shop, id, { source, mode, dryRun, allowRetire }, signal) {
      const now = clock.now()
      const values = {
        shop,
        id,
        source,
        mode,
        dry_run: dryRun,
        allow_retire: allowRetire,
        status: 'receiving' as const,
        started_at: now,
        touched_at: now,
      }
      await inShop(database, shop, signal, (transaction) => transaction.insertInto('imports').values(values).execute())
    },
    async receive(shop, id, rows, errors, signal) {
      await inShop(database, shop, signal, async (transaction) => {
        await sql`
          insert into import_rows (shop, import_id, line, document_id, body)
          select ${shop}, ${id}, line, document_id, body from unnest(
            ${rows.map(({ line }) => line)}::integer[], ${rows.map((row) => row.documentId)}::text[], ${rows.map(({ body }) => body)}::text[]
          ) as fresh (line, document_id, body)`.execute(transaction)
        await insertErrors(transaction, shop, id, errors)
        await count(transaction, shop, id, { rejected: linesOf(errors) }, clock.now())
      })
    },
    async accept(shop, id, total, signal) {
      if (total >= FIRST_ANALYZED) await analyze(database, shop, signal)
      await inShop(database, shop, signal, async (transaction) => {
        const row = await locked(transaction, shop, id)
        if (row?.status !== 'receiving') return
        const duplicates = await supersede(transaction, shop, id)
        await transaction
          .updateTable('imports')
          .set({ status: 'running', total })
          .where('shop', '=', shop)
          .where('id', '=', id)
          .execute()
        await count(transaction, shop, id, { duplicates }, clock.now())
        const entry: Id<'out'> = `out_${id}`
        await addToOutbox(transaction, { id: entry, shop, name: QUEUE, payload: { shop, import: id } }, clock.now())
      })
    },
    next: (shop, id, limit, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const row = await transaction
          .selectFrom('imports')
          .selectAll()
          .where('shop', '=', shop)
          .where('id', '=', id)
          .executeTakeFirst()
        if (!row) return null
        const rows = await rowsAfter(transaction, row).limit(limit).execute()
        const stored = await storedHashes(
          transaction,
          row,
          rows.map((one) => one.document_id),
        )
        const read = rows.map(({ line, document_id, body }) => {
          return { line, documentId: documentId(document_id), body, storedHash: stored.get(document_id) ?? null }
        })
        return { state: readState(row), cursor: row.cursor, rows: read }
      }),
    async commit(shop, id, { from, to, prepared, unchanged, errors }, signal) {
      let grown = false
      const outcome = await inShop(database, shop, signal, async (transaction) => {
        const row = await locked(transaction, shop, id)
        if (row?.status !== 'running' || row.cursor !== from) return 'moved'
        if (!(await areStored(transaction, row, unchanged))) return 'outdated'
        const documents = lastOfEach(prepared)
        const outcomes = row.dry_run
          ? await compareDocuments(transaction, shop, documents)
          : await writeDocuments(transaction, shop, row.source, documents, clock.now())
        const of = (outcome: string) => outcomes.filter((one) => one.outcome === outcome).length
        await insertErrors(transaction, shop, id, errors)
        await transaction
          .updateTable('imports')
          .set({ cursor: to })
          .where('shop', '=', shop)
          .where('id', '=', id)
          .execute()
        const counts = {
          created: of('created'),
          updated: of('updated'),
          unchanged: of('unchanged') + unchanged.length,
          rejected: linesOf(errors),
        }
        await count(transaction, shop, id, counts, clock.now())
        grown = analyzedAt(row.created) !== analyzedAt(row.created + counts.created)
        return 'committed'
      })
      if (grown) await analyze(database, shop, signal)
      return outcome
    },
    finish: (shop, id, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const row = await locked(transaction, shop, id)
        if (row?.status !== 'running' || (await rowsAfter(transaction, row).limit(1).executeTakeFirst())) return 'moved'
        const missing = row.mode === 'replace' ? await missingFrom(transaction, shop, row.source, id) : []
        const retired = row.dry_run ? missing : await retireDocuments(transaction, shop, missing, clock.now())
        await end(transaction, row, { status: 'done', retired: retired.length, finished_at: clock.now() })
        return 'done'
      }),
    stop: (shop, id, status, problem, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const row = await locked(transaction, shop, id)
        if (row?.status !== 'running' && row?.status !== 'receiving') return false
        if (problem) await insertErrors(transaction, shop, id, [{ line: 0, id: null, ...problem }])
        await end(transaction, row, {
          status,
          problem_code: problem?.code ?? null,
          problem_message: problem?.message ?? null,
          finished_at: clock.now(),
        })
        return true
      }),
    get: (shop, id, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const row = await transaction
          .selectFrom('imports')
          .selectAll()
          .where('shop', '=', shop)
          .where('id', '=', id)
          .executeTakeFirst()
        return row ? readState(row) : null
      }),
    errors: (shop, id, [line, part], limit, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const rows = await transaction
          .selectFrom('import_errors')
          .selectAll()
          .where('shop', '=', shop)
          .where('import_id', '=', id)
          .where(sql<boolean>`(line, part) > (${line}::integer, ${part}::integer)`)
          .orderBy('line')
          .orderBy('part')
          .limit(limit)
          .execute()
        return rows.map(readError)
      }),
    running: (shop, since, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const rows = await transaction
          .selectFrom('imports')
          .select('id')
          .where('shop', '=', shop)
          .where('status', '=', 'running')
          .where('touched_at', '<=', since)
          .orderBy('started_at')
          .execute()
        return rows.map(({ id }) => id as ImportId)
      }),
    async tidy(shop, silentSince, finishedBefore, signal) {
      await inShop(database, shop, signal, async (transaction) => {
        await sql`update imports set status = 'failed', problem_code = 'upload_interrupted', finished_at = ${clock.now()},
            problem_message = 'The upload ended before its last row. Send the file again.'
          where shop = ${shop} and status = 'receiving' and touched_at < ${silentSince}`.execute(transaction)
        await sql`delete from import_errors using imports where imports.shop = ${shop} and import_errors.shop = ${shop}
          and import_errors.import_id = imports.id and imports.finished_at < ${finishedBefore}`.execute(transaction)
        await sql`delete from import_rows using imports where imports.shop = ${shop} and import_rows.shop = ${shop}
          and import_rows.import_id = imports.id and imports.finished_at is not null`.execute(transaction)
        await sql`delete from imports where shop = ${shop} and finished_at < ${finishedBefore}`.execute(transaction)
      })
    },
  }
}

/** Grows by one each time the tables have become four times as large, from 500 new documents on. */
function analyzedAt(created: number): number {
  return created < FIRST_ANALYZED ? 0 : 1 + Math.floor(Math.log(created / FIRST_ANALYZED) / Math.log(4))
}

/** Tells the planner how large the tables are now; about a tenth of a second. */
async function analyze(database: Database, shop: ShopId, signal: AbortSignal): Promise<void> {
  await inShop(database, shop, signal, (transaction) => sql`select analyze_knowledge()`.execute(transaction))
}

function locked(transaction: DatabaseTransaction, shop: ShopId, id: ImportId) {
  return transaction
    .selectFrom('imports')
    .selectAll()
    .where('shop', '=', shop)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

function rowsAfter(transaction: DatabaseTransaction, { shop, id, cursor }: ImportsRow) {
  return transaction
    .selectFrom('import_rows')
    .select(['line', 'document_id', 'body'])
    .where('shop', '=', shop)
    .where('import_id', '=', id)
    .where('line', '>', cursor)
    .where('superseded_by', 'is', null)
    .orderBy('line')
}

/** Content hashes of the live documents of the source among `ids`. Asked by the key alone, so that no plan reads the whole source. */
async function storedHashes(
  transaction: DatabaseTransaction,
  { shop, source }: ImportsRow,
  ids: string[],
): Promise<Map<string, string>> {
  const rows = await transaction
    .selectFrom('documents')
    .select(['id', 'content_hash', 'source', 'retired_at'])
    .where('shop', '=', shop)
    .where(sql<boolean>`id = any(${ids})`)
    .execute()
  const live = rows.filter((row) => row.source === source && row.retired_at === null)
  return new Map(live.map((row) => [row.id, row.content_hash]))
}

async function areStored(
  transaction: DatabaseTransaction,
  row: ImportsRow,
  unchanged: ImportBatch['unchanged'],
): Promise<boolean> {
  if (unchanged.length === 0) return true
  const stored = await storedHashes(
    transaction,
    row,
    unchanged.map(({ id }) => id),
  )
  return unchanged.every(({ id, contentHash }) => stored.get(id) === contentHash)
}
