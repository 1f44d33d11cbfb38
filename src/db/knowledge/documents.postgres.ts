import { sql } from 'kysely'
import type { ShopDocument } from '#domain/document.ts'
import { readJson } from '#domain/foreign-json.ts'
import { type DocumentId, documentId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { type Database, inShop } from '../database.ts'
import { lastOfEach, retireDocuments, writeDocuments } from './document-writes.ts'
import type { DocumentStore, StoredDocument } from './documents.port.ts'

/** The shop's content in PostgreSQL. Writers of one shop take turns; a put of what is stored already takes none. */
export function postgresDocuments(database: Database, clock: Clock): DocumentStore {
  return {
    putAll: (shop, source, documents, signal) =>
      inShop(database, shop, signal, (transaction) =>
        writeDocuments(transaction, shop, source, lastOfEach(documents), clock.now()),
      ),
    retire: (shop, ids, signal) =>
      inShop(database, shop, signal, (transaction) => retireDocuments(transaction, shop, ids, clock.now())),
    get: (shop, id, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const row = await storedDocuments(transaction, shop).where('documents.id', '=', id).executeTakeFirst()
        if (!row) return null
        const versions = await transaction
          .selectFrom('document_versions')
          .select(['version', 'content_hash', 'stored_at', 'title'])
          .where('shop', '=', shop)
          .where('document_id', '=', id)
          .orderBy('version', 'desc')
          .execute()
        return {
          ...readStored(row),
          versions: versions.map((one) => ({
            version: one.version,
            contentHash: one.content_hash,
            storedAt: one.stored_at.toISOString(),
            title: one.title,
          })),
        }
      }),
    version: (shop, id, version, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const row = await transaction
          .selectFrom('document_versions')
          .select(['body', 'stored_at'])
          .where('shop', '=', shop)
          .where('document_id', '=', id)
          .where('version', '=', version)
          .executeTakeFirst()
        return row ? { document: readJson(row.body) as ShopDocument, storedAt: row.stored_at.toISOString() } : null
      }),
    list: (shop, { cursor, limit, source, kind }, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        let query = storedDocuments(transaction, shop).where('documents.retired_at', 'is', null)
        if (cursor !== null) query = query.where('documents.id', '>', cursor)
        if (source !== undefined) query = query.where('documents.source', '=', source)
        if (kind !== undefined) query = query.where('documents.kind', '=', kind)
        const rows = await query
          .orderBy('documents.id')
          .limit(limit + 1)
          .execute()
        const items = rows.slice(0, limit).map(readStored)
        return { items, nextCursor: rows.length > limit ? (items.at(-1)?.document.id ?? null) : null }
      }),
    untouched: (shop, source, seen, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const live = await transaction
          .selectFrom('documents')
          .select(({ fn }) => fn.countAll<string>().as('count'))
          .where('shop', '=', shop)
          .where('source', '=', source)
          .where('retired_at', 'is', null)
          .executeTakeFirstOrThrow()
        return { missing: await missingFrom(transaction, shop, source, seen), live: Number(live.count) }
      }),
  }
}

type Reader = Parameters<Parameters<typeof inShop>[3]>[0]

/** Live documents of `source` which no row of the import names, rejected rows included: a document sent badly is not gone. */
export async function missingFrom(
  transaction: Reader,
  shop: string,
  source: string,
  seen: string,
): Promise<DocumentId[]> {
  // Both sides have as many rows as the file; whatever the planner takes them for, they must not be compared one by one.
  await sql`select set_config('enable_nestloop', 'off', true)`.execute(transaction)
  const rows = await transaction
    .selectFrom('documents')
    .select('id')
    .where('shop', '=', shop)
    .where('source', '=', source)
    .where('retired_at', 'is', null)
    .where(({ not, exists, selectFrom, ref }) =>
      not(
        exists(
          selectFrom('import_rows')
            .select('line')
            .where('shop', '=', shop)
            .where('import_id', '=', seen)
            .whereRef('document_id', '=', ref('documents.id')),
        ),
      ),
    )
    .where(({ not, exists, selectFrom, ref }) =>
      not(
        exists(
          selectFrom('import_errors')
            .select('line')
            .where('shop', '=', shop)
            .where('import_id', '=', seen)
            .whereRef('document_id', '=', ref('documents.id')),
        ),
      ),
    )
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => documentId(id))
}

function storedDocuments(transaction: Reader, shop: string) {
  return transaction
    .selectFrom('documents')
    .innerJoin('document_versions as stored', (join) =>
      join
        .onRef('stored.shop', '=', 'documents.shop')
        .onRef('stored.document_id', '=', 'documents.id')
        .onRef('stored.version', '=', 'documents.version'),
    )
    .select([
      'documents.source',
      'documents.version',
      'documents.content_hash',
      'documents.retired_at',
      'stored.body',
      'stored.stored_at',
    ])
    .where('documents.shop', '=', shop)
}

function readStored(row: {
  source: string
  version: number
  content_hash: string
  retired_at: Date | null
  body: string
  stored_at: Date
}): StoredDocument {
  return {
    document: readJson(row.body) as ShopDocument,
    source: row.source,
    version: row.version,
    contentHash: row.content_hash,
    storedAt: row.stored_at.toISOString(),
    retiredAt: row.retired_at?.toISOString() ?? null,
  }
}
