import { sql } from 'kysely'
import type { ShopDocument } from '#domain/document.ts'
import { readJson } from '#domain/foreign-json.ts'
import { type DocumentId, documentId, type ShopId } from '#domain/ids.ts'
import { type Database, type DatabaseTransaction, inShop } from '../database.ts'
import { rewritePassages } from '../knowledge/document-writes.ts'
import type { Boilerplate, BoilerplateBatch, RepeatedWords } from './boilerplate.port.ts'

/** What passages leave out, read from PostgreSQL. */
export function postgresBoilerplate(database: Database): Boilerplate {
  return {
    of: (shop, source, signal) =>
      inShop(database, shop, signal, (transaction) => readRepeated(transaction, shop, source)),
    firstPages: (shop, id, most, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const { rows: known } = await sql`
          select 1 from imports where shop = ${shop} and id = ${id} and not dry_run
            and not exists (select from documents where documents.shop = ${shop} and documents.source = imports.source)
            and not exists (select from boilerplate where boilerplate.shop = ${shop} and boilerplate.source = imports.source)`.execute(
          transaction,
        )
        if (known.length === 0) return null
        // The draw is look-at-document's.
        const { rows } = await sql<{ body: string }>`
          select body from import_rows join (
            select line from import_rows where shop = ${shop} and import_id = ${id} and superseded_by is null
            order by ('x' || encode(substr(sha256(convert_to(document_id, 'UTF8')), 1, 4), 'hex'))::bit(32)::integer, document_id
            limit ${most}) as drawn using (line)
          where shop = ${shop} and import_id = ${id} order by document_id`.execute(transaction)
        return rows.map(({ body }) => readJson(body) as ShopDocument)
      }),
    learn: (shop, words, signal) => inShop(database, shop, signal, (transaction) => keep(transaction, shop, words)),
  }
}

/** What passages leave out, written inside the caller's transaction. */
export function boilerplateBatch(transaction: DatabaseTransaction, shop: ShopId): BoilerplateBatch {
  return {
    repeated: () => readRepeated(transaction, shop, null),
    async shortened(ids) {
      // As readChunk's opposite writes it; in a text the quotation marks would be escaped.
      const { rows } = await sql<{ document_id: string }>`
        select distinct document_id from chunks where shop = ${shop} and document_id = any(${ids}) and current
          and position('"shortened":true' in body) > 0`.execute(transaction)
      return rows.map((row) => documentId(row.document_id))
    },
    setRepeated: (wanted) => setRepeated(transaction, shop, wanted),
    async takeRecuts(limit) {
      const { rows } = await sql<{ document_id: string }>`
        delete from recuts where shop = ${shop} and document_id in (
          select document_id from recuts where shop = ${shop} order by document_id limit ${limit})
        returning document_id`.execute(transaction)
      return rows.map((row) => documentId(row.document_id)).sort()
    },
    recut: (documents) => rewritePassages(transaction, shop, documents),
  }
}

type Row = { source: string; kind: string; sentence: string; words: string; keeper: string }

async function readRepeated(
  transaction: DatabaseTransaction,
  shop: ShopId,
  source: string | null,
): Promise<RepeatedWords[]> {
  const { rows } = await sql<Row>`
    select source, kind, sentence::text, words, keeper from boilerplate
    where shop = ${shop} and (${source}::text is null or source = ${source}) order by source, kind, sentence`.execute(
    transaction,
  )
  return rows.map((row) => ({ ...row, sentence: BigInt(row.sentence), keeper: documentId(row.keeper) }))
}

async function setRepeated(transaction: DatabaseTransaction, shop: ShopId, wanted: RepeatedWords[]): Promise<void> {
  const { rows } = await sql<{ source: string }>`
    select distinct source from imports where shop = ${shop} and status = 'running' and not dry_run`.execute(
    transaction,
  )
  const moving = new Set(rows.map(({ source }) => source))
  const stored = (await readRepeated(transaction, shop, null)).filter(({ source }) => !moving.has(source))
  const fresh = wanted.filter(({ source }) => !moving.has(source))
  const before = new Map(stored.map((one) => [nameOf(one), one]))
  const after = new Map(fresh.map((one) => [nameOf(one), one]))
  const gone = stored.filter((one) => !after.has(nameOf(one)))
  const added = fresh.filter((one) => !before.has(nameOf(one)))
  const handedOn = fresh.filter((one) => (before.get(nameOf(one))?.keeper ?? one.keeper) !== one.keeper)
  for (const one of gone)
    await sql`delete from boilerplate where shop = ${shop} and source = ${one.source} and kind = ${one.kind}
      and sentence = ${one.sentence}`.execute(transaction)
  await keep(transaction, shop, [...added, ...handedOn])
  await noteHolders(transaction, shop, [...gone, ...added])
  await noteDocuments(
    transaction,
    shop,
    handedOn.flatMap((one) => [one.keeper, before.get(nameOf(one))?.keeper ?? one.keeper]),
  )
}

async function keep(transaction: DatabaseTransaction, shop: ShopId, repeated: RepeatedWords[]): Promise<void> {
  for (const { source, kind, sentence, words, keeper } of repeated)
    await sql`insert into boilerplate (shop, source, kind, sentence, words, keeper)
      values (${shop}, ${source}, ${kind}, ${sentence}, ${words}, ${keeper})
      on conflict (shop, source, kind, sentence) do update set words = excluded.words, keeper = excluded.keeper`.execute(
      transaction,
    )
}

/** Everything that has one of the sentences, source by source. */
async function noteHolders(transaction: DatabaseTransaction, shop: ShopId, changed: RepeatedWords[]): Promise<void> {
  const parts = new Map<string, RepeatedWords[]>()
  for (const one of changed) {
    const part = `${one.source}\n${one.kind}`
    parts.set(part, [...(parts.get(part) ?? []), one])
  }
  for (const [first, ...more] of parts.values()) {
    if (!first) continue
    const sentences = [first, ...more].map(({ sentence }) => sentence)
    await sql`
      insert into recuts (shop, document_id)
      select ${shop}, document_id from content_looks
      where shop = ${shop} and source = ${first.source} and kind = ${first.kind}
        and sentences && ${`{${sentences.join(',')}}`}::bigint[]
      on conflict do nothing`.execute(transaction)
  }
}

async function noteDocuments(transaction: DatabaseTransaction, shop: ShopId, ids: DocumentId[]): Promise<void> {
  if (ids.length === 0) return
  await sql`insert into recuts (shop, document_id) select distinct ${shop}, * from unnest(${ids}::text[])
    on conflict do nothing`.execute(transaction)
}

const nameOf = ({ source, kind, sentence }: RepeatedWords) => `${source}\n${kind}\n${sentence}`
