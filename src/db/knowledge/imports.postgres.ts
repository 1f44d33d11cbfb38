import { sql } from 'kysely'
import type { Id, ImportId, ShopId } from '#domain/ids.ts'
import { documentId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { addToOutbox } from '../background/outbox.postgres.ts'
import { type Database, type DatabaseTransaction, inShop } from '../database.ts'
import { compareDocuments, lastOfEach, retireDocuments, writeDocuments } from './document-writes.ts'
import { missingFrom } from './documents.postgres.ts'
import { count, end, insertErrors, linesOf, pace, readState } from './import-rows.ts'
import { countAffected, noteChanges, noteRetired } from './imports/affected-answers.ts'
import { importReports } from './imports/import-reports.ts'
import { insertRejects, rejectReceived } from './imports/rejects.ts'
import { rejectOtherCapitals, supersede } from './imports/settle-ids.ts'
import { lockSource, mustWait, waitsFor, wakeNext } from './imports/turns.ts'
import { areStored, nextRows, rowsAfter, storedHashes } from './imports/waiting-rows.ts'
import type { ImportRowError, ImportStore } from './imports.port.ts'

/** The queue that runs imports; the outbox entry of an accepted import goes there. */
const QUEUE = 'import'
/** Without it the rows of a file are looked for from the beginning for each batch: half a minute more for a thousand. */
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
    async receive(shop, id, { rows, rejects, errors }, signal) {
      return inShop(database, shop, signal, async (transaction) => {
        if ((await locked(transaction, shop, id))?.status !== 'receiving') return false
        await sql`
          insert into import_rows (shop, import_id, line, document_id, body, raw)
          select ${shop}, ${id}, line, document_id, body, raw from unnest(
            ${rows.map(({ line }) => line)}::integer[], ${rows.map((row) => row.documentId)}::text[],
            ${rows.map(({ body }) => body)}::text[], ${rows.map(({ raw }) => raw ?? null)}::bytea[]
          ) as fresh (line, document_id, body, raw)`.execute(transaction)
        await insertErrors(transaction, shop, id, errors)
        await insertRejects(transaction, shop, id, rejects)
        await count(transaction, shop, id, { rejected: rejects.length }, clock.now())
        return true
      })
    },
    async accept(shop, id, { total, incomplete, frame }, signal) {
      if (total >= FIRST_ANALYZED) await analyze(database, shop, signal)
      await inShop(database, shop, signal, async (transaction) => {
        const row = await locked(transaction, shop, id)
        if (row?.status !== 'receiving') return
        const replaced = row.mode === 'replace' ? row.source : null
        const rejected = await rejectOtherCapitals(transaction, shop, id, replaced)
        const duplicates = await supersede(transaction, shop, id)
        await lockSource(transaction, row)
        const around = { media_type: frame.mediaType, head: Buffer.from(frame.head), tail: Buffer.from(frame.tail) }
        await transaction
          .updateTable('imports')
          .set({ status: 'running', total, incomplete, ...around })
          .where('shop', '=', shop)
          .where('id', '=', id)
          .execute()
        await count(transaction, shop, id, { duplicates, rejected }, clock.now())
        const entry: Id<'out'> = `out_${id}`
        await addToOutbox(transaction, { id: entry, shop, name: QUEUE, payload: { shop, import: id } }, clock.now())
      })
    },
    next: (shop, id, limit, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const row = await transaction
          .selectFrom('imports')
          .selectAll()
          .select(waitsFor().as('waits_for'))
          .where('shop', '=', shop)
          .where('id', '=', id)
          .executeTakeFirst()
        if (!row) return null
        const rows = await nextRows(transaction, row, limit)
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
        if (await mustWait(transaction, row)) return 'moved'
        if (!(await areStored(transaction, row, unchanged))) return 'outdated'
        const documents = lastOfEach(prepared)
        const outcomes = row.dry_run
          ? await compareDocuments(transaction, shop, documents)
          : await writeDocuments(transaction, shop, row.source, documents, clock.now())
        if (row.dry_run) await noteChanges(transaction, shop, id, documents, outcomes)
        const of = (outcome: string) => outcomes.filter((one) => one.outcome === outcome).length
        await insertErrors(transaction, shop, id, errors)
        await rejectReceived(
          transaction,
          shop,
          id,
          errors.map(({ line }) => line),
        )
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
        const now = clock.now()
        await pace(transaction, row, prepared.length + unchanged.length + counts.rejected, now)
        await count(transaction, shop, id, counts, now)
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
        if (await mustWait(transaction, row)) return 'moved'
        const missing = row.mode === 'replace' ? await missingFrom(transaction, shop, row.source, id) : []
        if (row.incomplete && missing.length > 0)
          await insertErrors(transaction, shop, id, [nothingRetired(missing.length)])
        const goes = row.incomplete ? [] : missing
        const retired = row.dry_run ? goes : await retireDocuments(transaction, shop, goes, clock.now())
        if (row.dry_run) await noteRetired(transaction, shop, id, goes)
        const affected = row.dry_run ? await countAffected(transaction, shop, id) : null
        await end(transaction, row, {
          status: 'done',
          retired: retired.length,
          answers_affected: affected,
          finished_at: clock.now(),
        })
        await wakeNext(transaction, QUEUE, row, clock.now())
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
        await wakeNext(transaction, QUEUE, row, clock.now())
        return true
      }),
    ...importReports(database),
    running: (shop, since, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const rows = await transaction
          .selectFrom('imports')
          .select('id')
          .where('shop', '=', shop)
          .where('status', '=', 'running')
          .where('touched_at', '<=', since)
          .where(waitsFor(), 'is', null)
          .orderBy('started_at')
          .execute()
        return rows.map(({ id }) => id as ImportId)
      }),
    async tidy(shop, silentSince, finishedBefore, signal) {
      await inShop(database, shop, signal, async (transaction) => {
        await sql`update imports set status = 'failed', problem_code = 'upload_interrupted', finished_at = ${clock.now()},
            problem_message = 'The upload ended before its last row. Send the file again.'
          where shop = ${shop} and status = 'receiving' and touched_at < ${silentSince}`.execute(transaction)
        for (const table of ['import_errors', 'import_rejects', 'import_changes'])
          await sql`delete from ${sql.table(table)} as reports using imports where imports.shop = ${shop} and reports.shop = ${shop}
            and reports.import_id = imports.id and imports.finished_at < ${finishedBefore}`.execute(transaction)
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

function nothingRetired(missing: number): ImportRowError {
  return {
    line: 0,
    id: null,
    code: 'nothing_retired',
    message: `Parts of the file cannot be read, so the ${missing} documents it seems not to have were not retired.`,
    hint: 'Send the file again, whole and corrected, to retire what it does not have.',
  }
}
