import { sql } from 'kysely'
import type { ShopDocument } from '#domain/document.ts'
import { readJson } from '#domain/foreign-json.ts'
import { type DocumentId, documentId, type ShopId } from '#domain/ids.ts'
import { type Database, type DatabaseTransaction, inShop } from '../database.ts'
import { findingBatch, lookedAt } from './finding-batch.ts'
import type { FindingKind, FindingStore, StoredFinding } from './findings.port.ts'

type Body = Pick<StoredFinding, 'documents' | 'documentCount' | 'quotes' | 'detail'>

/** Findings in PostgreSQL. Writers of one shop take turns batch by batch, so two at once share the work. */
export function postgresFindings(database: Database): FindingStore {
  return {
    state: (shop, rules, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const { rows } = await sql<{
          epoch: string
          settled: string | null
          rules: number
          looked_at: Date | null
          importing: boolean
        }>`
          select coalesce(knowledge_epochs.epoch, 0) as epoch, passes.epoch as settled, passes.rules, passes.looked_at,
            exists (select from imports where imports.shop = ${shop} and status = 'running' and not dry_run) as importing
          from (select ${shop}::text as shop) as own left join knowledge_epochs using (shop)
          left join finding_passes as passes using (shop)`.execute(transaction)
        const row = rows[0]
        const epoch = Number(row?.epoch ?? 0)
        const same = row !== undefined && Number(row.settled ?? -1) === epoch && row.rules === rules
        return { epoch, changed: !same, importing: row?.importing ?? false, lookedAt: row?.looked_at ?? null }
      }),
    changed: (shop, rules, after, limit, signal) =>
      inShop(database, shop, signal, (transaction) => changedDocuments(transaction, shop, rules, after, limit)),
    batch: (shop, rules, signal, work) =>
      inShop(database, shop, signal, async (transaction) => {
        await sql`insert into finding_passes (shop) values (${shop}) on conflict do nothing`.execute(transaction)
        await sql`select 1 from finding_passes where shop = ${shop} for update`.execute(transaction)
        await work(findingBatch(transaction, shop, rules))
      }),
    async settled(shop, rules, epoch, at, signal) {
      await inShop(database, shop, signal, (transaction) =>
        sql`insert into finding_passes (shop, epoch, rules, looked_at) values (${shop}, ${epoch}, ${rules}, ${at})
          on conflict (shop) do update set epoch = excluded.epoch, rules = excluded.rules, looked_at = excluded.looked_at`.execute(
          transaction,
        ),
      )
    },
    repeated: (shop, { share, sample, least }, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const { rows } = await sql<{
          source: string
          kind: string
          sentence: string
          share: number
          found: number
          examples: string[]
        }>`
          with parts as (select distinct source, kind from content_looks where shop = ${shop}),
          pages as (
            select parts.source, parts.kind, page.document_id, page.sentences from parts cross join lateral (
              select document_id, sentences from content_looks as looks
              where shop = ${shop} and looks.source = parts.source and looks.kind = parts.kind
              order by draw, document_id limit ${sample}) as page
          ),
          sizes as (select source, kind, count(*)::integer as pages from pages group by source, kind having count(*) >= ${least}::integer)
          select source, kind, sentence::text, count(*)::float8 / pages as share, count(*)::integer as found,
            (array_agg(document_id order by document_id))[1:5] as examples
          from pages join sizes using (source, kind) cross join unnest(sentences) as said (sentence)
          group by source, kind, sentence, pages having count(*) >= ${share}::float8 * pages
          order by source, kind, count(*) desc, sentence limit 200`.execute(transaction)
        return rows.map(({ found, ...row }) => ({
          ...row,
          pages: found,
          sentence: BigInt(row.sentence),
          examples: row.examples.map((id) => documentId(id)),
        }))
      }),
    attributeColumns: (shop, source, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const { rows } = await sql<{ source: string; entry: string; count: number }>`
          select source, entry, count(*)::integer as count
          from content_looks cross join unnest(attribute_types) as typed (entry)
          where shop = ${shop} and (${source}::text is null or source = ${source})
          group by source, entry order by source, entry`.execute(transaction)
        return rows
      }),
    sample: (shop, source, kind, most, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const { rows } = await sql<{ id: string }>`
          select document_id as id from content_looks where shop = ${shop} and source = ${source} and kind = ${kind}
          order by draw, document_id limit ${most}`.execute(transaction)
        const ids = rows.map(({ id }) => documentId(id))
        const found = await lookedAt(transaction, shop, ids)
        return ids.flatMap((id) => found.get(id) ?? [])
      }),
    withAttributes: (shop, which, most, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        if (which.length === 0) return []
        const { rows } = await sql<{ source: string; entry: string; count: number; documents: string[] }>`
          select source, entry, count(*)::integer as count, (array_agg(document_id order by document_id))[1:${most}::integer] as documents
          from content_looks cross join unnest(attribute_types) as typed (entry)
          join unnest(${which.map(({ source }) => source)}::text[], ${which.map(({ entry }) => entry)}::text[])
            as asked (source, entry) using (source, entry)
          where shop = ${shop} group by source, entry order by source, entry`.execute(transaction)
        return rows.map((row) => ({ ...row, documents: row.documents.map((id) => documentId(id)) }))
      }),
    overdue: (shop, at, limit, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const { rows } = await sql<{
          document_id: string
          valid_until: Date | null
          dated_at: Date
          max_age_days: number | null
        }>`
          select looks.document_id, valid_until, dated_at, max_age_days
          from content_looks as looks left join source_limits as limits using (shop, source)
          where looks.shop = ${shop}
            and (valid_until < ${at} or dated_at < ${at}::timestamptz - make_interval(days => max_age_days))
          order by looks.document_id limit ${limit}`.execute(transaction)
        return rows.map(({ document_id, valid_until, dated_at, max_age_days }) => {
          const ended = valid_until !== null && valid_until < at
          return {
            id: documentId(document_id),
            why: ended ? 'valid_until' : 'too_old',
            since: ended ? valid_until : dated_at,
            maxAgeDays: max_age_days,
          }
        })
      }),
    canonicalOf: (shop, id, signal) =>
      inShop(database, shop, signal, (transaction) => canonicalOf(transaction, shop, id)),
    list: (shop, page, signal) =>
      inShop(database, shop, signal, (transaction) => listFindings(transaction, shop, page)),
  }
}

async function changedDocuments(
  transaction: DatabaseTransaction,
  shop: ShopId,
  rules: number,
  after: string,
  limit: number,
) {
  const { rows } = await sql<{
    id: string
    retired_at: Date | null
    version: number
    source: string
    body: string
    stored_at: Date
  }>`
    select documents.id, retired_at, documents.version, documents.source, body, stored_at
    from documents join document_versions as versions on versions.shop = documents.shop
      and versions.document_id = documents.id and versions.version = documents.version
    left join content_looks as looks on looks.shop = documents.shop and looks.document_id = documents.id
    where documents.shop = ${shop} and documents.id > ${after} and case when retired_at is null
      then looks.version is distinct from documents.version or looks.rules <> ${rules} or looks.source <> documents.source
      else looks.version is not null end
    order by documents.id limit ${limit}`.execute(transaction)
  return rows.map(({ id, retired_at, version, source, body, stored_at }) => ({
    id: documentId(id),
    live:
      retired_at === null ? { document: readJson(body) as ShopDocument, version, source, storedAt: stored_at } : null,
  }))
}

/** What was found in a version that is replaced or retired is not told, however long ago that was. */
const IN_FORCE = sql`not exists (
  select 1 from finding_documents as named
  left join documents on documents.shop = named.shop and documents.id = named.document_id
    and documents.version = named.version and documents.retired_at is null
  where named.shop = findings.shop and named.finding = findings.id and documents.id is null)`

async function canonicalOf(transaction: DatabaseTransaction, shop: ShopId, id: DocumentId) {
  const { rows } = await sql<{ kind: 'exact_duplicate' | 'near_duplicate'; body: string }>`
    select kind, body from finding_documents as named join findings on findings.shop = named.shop and findings.id = named.finding
    where named.shop = ${shop} and named.document_id = ${id} and kind in ('exact_duplicate', 'near_duplicate') and ${IN_FORCE}
    order by kind, findings.id`.execute(transaction)
  for (const { kind, body } of rows) {
    const [first] = (readJson(body) as Body).documents
    if (first && first.id !== id) return { id: first.id, kind }
  }
  return null
}

async function listFindings(
  transaction: DatabaseTransaction,
  shop: ShopId,
  { cursor, limit, source, kind }: { cursor: string | null; limit: number; source?: string; kind?: FindingKind },
) {
  const { rows } = await sql<{ id: StoredFinding['id']; kind: FindingKind; body: string; found_at: Date }>`
    select id, kind, body, found_at from findings where shop = ${shop}
      ${cursor === null ? sql`` : sql`and id > ${cursor}`} ${kind === undefined ? sql`` : sql`and kind = ${kind}`}
      ${source === undefined ? sql`` : sql`and ${source} = any(sources)`}
      and ${IN_FORCE}
    order by id limit ${limit + 1}`.execute(transaction)
  const items = rows.slice(0, limit).map(({ id, kind, body, found_at }) => ({
    ...(readJson(body) as Body),
    id,
    kind,
    foundAt: found_at,
  }))
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}
