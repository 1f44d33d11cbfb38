import { sql } from 'kysely'
import type { DocumentId, ShopId } from '#domain/ids.ts'
import type { DatabaseTransaction } from '../database.ts'
import { chunkIds, updatedAt } from './chunk-rows.ts'
import type { PreparedDocument, PutOutcome } from './documents.port.ts'

type Known = { id: string; version: number; content_hash: string; source: string; retired_at: Date | null }
type Write = { prepared: PreparedDocument; version: number; outcome: PutOutcome['outcome']; storedAt: Date }

/** Each document once, the last one sent; in the order of those. */
export function lastOfEach(documents: PreparedDocument[]): PreparedDocument[] {
  const last = new Map(documents.map((prepared, at) => [prepared.document.id, at]))
  return documents.filter(({ document }, at) => last.get(document.id) === at)
}

/** What storing `documents` would do, without doing it: for dry runs, and to leave unchanged content alone without a lock. */
export async function compareDocuments(
  transaction: DatabaseTransaction,
  shop: ShopId,
  documents: PreparedDocument[],
): Promise<(PutOutcome & { sameSource: (source: string) => boolean })[]> {
  const known = await knownDocuments(transaction, shop, documents)
  return documents.map((prepared) => {
    const stored = known.get(prepared.document.id)
    const unchanged = isUnchanged(stored, prepared)
    return {
      id: prepared.document.id,
      outcome: unchanged ? 'unchanged' : stored ? 'updated' : 'created',
      version: unchanged && stored ? stored.version : (stored?.version ?? 0) + 1,
      chunks: prepared.chunks.length,
      sameSource: (source) => stored?.source === source,
    }
  })
}

/**
 * Stores the documents and moves the epoch, all in the caller's transaction, which holds the shop's epoch until it commits.
 * Give each document once. Nothing moves where nothing changed.
 */
export async function writeDocuments(
  transaction: DatabaseTransaction,
  shop: ShopId,
  source: string,
  documents: PreparedDocument[],
  at: Date,
): Promise<PutOutcome[]> {
  const before = await compareDocuments(transaction, shop, documents)
  if (before.every(({ outcome, sameSource }) => outcome === 'unchanged' && sameSource(source)))
    return before.map(({ sameSource: _, ...outcome }) => outcome)
  const epoch = await lockEpoch(transaction, shop)
  const known = await knownDocuments(transaction, shop, documents)
  const outcomes: PutOutcome[] = []
  const writes: Write[] = []
  for (const prepared of documents) {
    const stored = known.get(prepared.document.id)
    const unchanged = isUnchanged(stored, prepared)
    const version = unchanged && stored ? stored.version : (stored?.version ?? 0) + 1
    const outcome = unchanged ? 'unchanged' : stored ? 'updated' : 'created'
    if (!unchanged || stored?.source !== source) writes.push({ prepared, version, outcome, storedAt: at })
    outcomes.push({ id: prepared.document.id, outcome, version, chunks: prepared.chunks.length })
  }
  await upsertDocuments(transaction, shop, source, writes)
  const changed = writes.filter(({ outcome }) => outcome !== 'unchanged')
  if (changed.length > 0) {
    await insertVersions(transaction, shop, changed, at)
    await replaceChunks(transaction, shop, changed, epoch + 1)
    await moveEpoch(transaction, shop)
  }
  return outcomes
}

/**
 * Stores other passages of documents whose version is still in force, in the caller's transaction; versions stay. Gives how many
 * documents changed. Nothing moves where nothing changed.
 */
export async function rewritePassages(
  transaction: DatabaseTransaction,
  shop: ShopId,
  documents: { prepared: PreparedDocument; version: number; storedAt: Date }[],
): Promise<number> {
  if (documents.length === 0) return 0
  const ids = documents.map(({ prepared }) => prepared.document.id)
  const epoch = await lockEpoch(transaction, shop)
  const known = await knownDocuments(
    transaction,
    shop,
    documents.map(({ prepared }) => prepared),
  )
  const { rows } = await sql<{ id: string; of: string }>`
    select id, document_id as of from chunks where shop = ${shop} and document_id = any(${ids}) and current`.execute(
    transaction,
  )
  const current = new Set(rows.map(({ id }) => id))
  const writes = documents.flatMap(({ prepared, version, storedAt }): Write[] => {
    const { id } = prepared.document
    const stored = known.get(id)
    const inForce = stored?.version === version && stored.retired_at === null
    const cut = chunkIds(prepared)
    const same = rows.filter(({ of }) => of === id).length === cut.length && cut.every((one) => current.has(one))
    return inForce && !same ? [{ prepared, version, storedAt, outcome: 'updated' }] : []
  })
  if (writes.length === 0) return 0
  await replaceChunks(transaction, shop, writes, epoch + 1)
  await moveEpoch(transaction, shop)
  return writes.length
}

/** Takes live documents out of answers and search, in the caller's transaction. Gives those that were live. */
export async function retireDocuments(
  transaction: DatabaseTransaction,
  shop: ShopId,
  ids: DocumentId[],
  at: Date,
): Promise<DocumentId[]> {
  if (ids.length === 0) return []
  const epoch = await lockEpoch(transaction, shop)
  const retired = await sql<{ id: DocumentId }>`
    update documents set retired_at = ${at} where shop = ${shop} and id = any(${ids}) and retired_at is null returning id`.execute(
    transaction,
  )
  const gone = retired.rows.map(({ id }) => id)
  if (gone.length === 0) return []
  await sql`update chunks set current = false, changed_epoch = ${epoch + 1}
    where shop = ${shop} and document_id = any(${gone}) and current`.execute(transaction)
  await moveEpoch(transaction, shop)
  return gone
}

async function knownDocuments(
  transaction: DatabaseTransaction,
  shop: ShopId,
  documents: PreparedDocument[],
): Promise<Map<string, Known>> {
  const ids = documents.map(({ document }) => document.id)
  const { rows } = await sql<Known>`
    select id, version, content_hash, source, retired_at from documents where shop = ${shop} and id = any(${ids})`.execute(
    transaction,
  )
  return new Map(rows.map((row) => [row.id, row]))
}

function isUnchanged(stored: Known | undefined, { contentHash }: PreparedDocument): boolean {
  return stored !== undefined && stored.retired_at === null && stored.content_hash === contentHash
}

/** Waits for every other writer of the shop's content; held until the transaction ends. */
export async function lockEpoch(transaction: DatabaseTransaction, shop: ShopId): Promise<number> {
  await sql`insert into knowledge_epochs (shop, epoch) values (${shop}, 0) on conflict do nothing`.execute(transaction)
  const { rows } = await sql<{
    epoch: string
  }>`select epoch from knowledge_epochs where shop = ${shop} for update`.execute(transaction)
  return Number(rows[0]?.epoch ?? 0)
}

async function moveEpoch(transaction: DatabaseTransaction, shop: ShopId): Promise<void> {
  await sql`update knowledge_epochs set epoch = epoch + 1 where shop = ${shop}`.execute(transaction)
  // Sent with the commit, never before.
  await sql`select pg_notify('knowledge', ${shop})`.execute(transaction)
}

async function upsertDocuments(
  transaction: DatabaseTransaction,
  shop: ShopId,
  source: string,
  writes: Write[],
): Promise<void> {
  const column = <Value>(read: (write: Write) => Value) => writes.map(read)
  await sql`
    insert into documents (shop, id, source, kind, sku, version, content_hash, retired_at)
    select ${shop}, id, ${source}, kind, sku, version, content_hash, null from unnest(
      ${column(({ prepared }) => prepared.document.id)}::text[], ${column(({ prepared }) => prepared.document.kind)}::text[],
      ${column(({ prepared }) => storableSku(prepared))}::text[], ${column(({ version }) => version)}::integer[],
      ${column(({ prepared }) => prepared.contentHash)}::text[]
    ) as fresh (id, kind, sku, version, content_hash)
    on conflict (shop, id) do update set source = excluded.source, kind = excluded.kind, sku = excluded.sku, version = excluded.version,
      content_hash = excluded.content_hash, retired_at = null`.execute(transaction)
}

async function insertVersions(
  transaction: DatabaseTransaction,
  shop: ShopId,
  writes: Write[],
  at: Date,
): Promise<void> {
  const column = <Value>(read: (write: Write) => Value) => writes.map(read)
  await sql`
    insert into document_versions (shop, document_id, version, content_hash, title, body, stored_at)
    select ${shop}, id, version, content_hash, title, body, ${at} from unnest(
      ${column(({ prepared }) => prepared.document.id)}::text[], ${column(({ version }) => version)}::integer[],
      ${column(({ prepared }) => prepared.contentHash)}::text[], ${column(({ prepared }) => storableTitle(prepared))}::text[],
      ${column(({ prepared }) => JSON.stringify(prepared.document))}::text[]
    ) as fresh (id, version, content_hash, title, body)`.execute(transaction)
}

/** PostgreSQL's text takes neither NUL nor lone surrogates; the document itself is kept as it came, as JSON. */
const storableTitle = ({ document }: PreparedDocument) => document.title.toWellFormed().replaceAll('\0', '')
const storableSku = ({ document }: PreparedDocument) => document.sku?.toWellFormed().replaceAll('\0', '') ?? null

async function replaceChunks(
  transaction: DatabaseTransaction,
  shop: ShopId,
  writes: Write[],
  epoch: number,
): Promise<void> {
  const fresh = writes.flatMap(({ prepared, version, storedAt }) => {
    const ids = chunkIds(prepared)
    return prepared.chunks.map(({ contentHash, ...body }, position) => ({
      id: ids[position],
      document: prepared.document.id,
      version,
      contentHash,
      updatedAt: updatedAt(prepared.document, storedAt),
      body: JSON.stringify(body),
    }))
  })
  await sql`
    update chunks set current = false, changed_epoch = ${epoch}
    where shop = ${shop} and document_id = any(${writes.map(({ prepared }) => prepared.document.id)}) and current
      and not id = any(${fresh.map(({ id }) => id)})`.execute(transaction)
  await sql`
    insert into chunks (shop, id, document_id, document_version, content_hash, current, changed_epoch, updated_at, body)
    select ${shop}, id, document_id, document_version, content_hash, true, ${epoch}::bigint, updated_at, body from unnest(
      ${fresh.map(({ id }) => id)}::text[], ${fresh.map(({ document }) => document)}::text[], ${fresh.map(({ version }) => version)}::integer[],
      ${fresh.map(({ contentHash }) => contentHash)}::text[], ${fresh.map((chunk) => chunk.updatedAt)}::text[], ${fresh.map(({ body }) => body)}::text[]
    ) as fresh (id, document_id, document_version, content_hash, updated_at, body)
    on conflict (shop, id) do update set document_version = excluded.document_version, current = true,
      changed_epoch = excluded.changed_epoch, updated_at = excluded.updated_at, body = excluded.body`.execute(
    transaction,
  )
}
