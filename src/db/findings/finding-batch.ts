import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { ShopDocument } from '#domain/document.ts'
import { readJson } from '#domain/foreign-json.ts'
import { type DocumentId, documentId, type ShopId } from '#domain/ids.ts'
import type { DatabaseTransaction } from '../database.ts'
import { boilerplateBatch } from './boilerplate.postgres.ts'
import type { DocumentLook, FindingBatch, LiveDocument, MarkGroup, NewFinding, Place } from './findings.port.ts'

type MarkRow = Place & { mark: string; value?: string; quote?: string }

/** Findings and what they follow from, written inside the caller's transaction. */
export function findingBatch(transaction: DatabaseTransaction, shop: ShopId, rules: number): FindingBatch {
  return {
    ...boilerplateBatch(transaction, shop),
    async replace(looks, gone, at) {
      const ids = [...looks.map(({ id }) => id), ...gone]
      const before = await deleteMarks(transaction, shop, ids, '')
      const alone = looks.flatMap(({ id, own }) => own.map((finding) => ({ ...finding, origin: ownOrigin(id) })))
      await replaceFindings(transaction, shop, sql`origin = any(${ids.map(ownOrigin)})`, alone, at)
      await sql`delete from content_looks where shop = ${shop} and document_id = any(${gone})`.execute(transaction)
      await upsertLooks(transaction, shop, rules, looks)
      const marks = looks.flatMap((look) => look.marks.map((mark) => ({ documentId: look.id, ...mark })))
      await insertMarks(transaction, shop, marks)
      return [...new Set([...before, ...marks.map(({ mark }) => mark)])]
    },
    async remark(prefix, places) {
      const before = await deleteMarks(transaction, shop, [...new Set(places.map((place) => place.documentId))], prefix)
      const marks = places.flatMap((place) => place.marks.map((mark) => ({ documentId: place.documentId, ...mark })))
      await insertMarks(transaction, shop, marks)
      return [...new Set([...before, ...marks.map(({ mark }) => mark)])]
    },
    async groups(marks, most) {
      const groups = await firstHolders(transaction, shop, marks, most)
      // Of a category it matters whether it has one product alone; counting all of each, batch by batch, would read the whole shop.
      const full = groups.filter(({ mark, count }) => count === most && !/^(?:band|category):/.test(mark))
      const counts = await countHolders(
        transaction,
        shop,
        full.map(({ mark }) => mark),
      )
      return groups.map((group) => ({ ...group, count: counts.get(group.mark) ?? group.count }))
    },
    async signatures(ids) {
      const { rows } = await sql<{ document_id: string; signatures: Buffer }>`
        select document_id, signatures from content_looks where shop = ${shop} and document_id = any(${ids})`.execute(
        transaction,
      )
      return new Map(rows.map((row) => [documentId(row.document_id), row.signatures]))
    },
    async marksOf(ids, prefix) {
      const { rows } = await sql<{ mark: string; document_id: string; place: number }>`
        select mark, document_id, place from content_marks
        where shop = ${shop} and document_id = any(${ids}) and starts_with(mark, ${prefix})`.execute(transaction)
      return rows.map(({ mark, document_id, place }) => ({ mark, documentId: documentId(document_id), place }))
    },
    documents: (ids) => lookedAt(transaction, shop, ids),
    found: (origins, findings, at) => replaceFindings(transaction, shop, sql`origin = any(${origins})`, findings, at),
    foundAll: (prefix, findings, at) =>
      replaceFindings(transaction, shop, sql`starts_with(origin, ${prefix})`, findings, at),
  }
}

async function firstHolders(
  transaction: DatabaseTransaction,
  shop: ShopId,
  marks: string[],
  most: number,
): Promise<MarkGroup[]> {
  const { rows } = await sql<{
    mark: string
    document_id: string
    place: number
    value: string | null
    quote: string | null
  }>`
    select asked.mark, document_id, place, value, quote
    from unnest(${marks}::text[]) as asked (mark) cross join lateral (
      select document_id, place, value, quote from content_marks where shop = ${shop} and mark = asked.mark
      order by document_id, place limit ${most}) as holder
    order by asked.mark, document_id, place`.execute(transaction)
  const groups = new Map<string, MarkGroup>()
  for (const { mark, document_id, place, value, quote } of rows) {
    const group = groups.get(mark) ?? { mark, count: 0, members: [] }
    group.members.push({ documentId: documentId(document_id), place, value, quote })
    groups.set(mark, { ...group, count: group.count + 1 })
  }
  return [...groups.values()]
}

async function countHolders(transaction: DatabaseTransaction, shop: ShopId, marks: string[]) {
  const { rows } = await sql<{ mark: string; count: number }>`
    select mark, count(*)::integer as count from content_marks
    where shop = ${shop} and mark = any(${marks}) group by mark`.execute(transaction)
  return new Map(rows.map(({ mark, count }) => [mark, count]))
}

/** Where what is found in a document alone comes from. */
const ownOrigin = (id: DocumentId) => `document:${id}`

async function deleteMarks(transaction: DatabaseTransaction, shop: ShopId, ids: DocumentId[], prefix: string) {
  const { rows } = await sql<{ mark: string }>`
    delete from content_marks where shop = ${shop} and document_id = any(${ids}) and starts_with(mark, ${prefix})
    returning mark`.execute(transaction)
  return rows.map(({ mark }) => mark)
}

async function insertMarks(transaction: DatabaseTransaction, shop: ShopId, marks: MarkRow[]): Promise<void> {
  await sql`
    insert into content_marks (shop, mark, document_id, place, value, quote)
    select ${shop}, * from unnest(${marks.map(({ mark }) => mark)}::text[], ${marks.map((mark) => mark.documentId)}::text[],
      ${marks.map(({ place }) => place)}::integer[], ${marks.map(({ value }) => value ?? null)}::text[],
      ${marks.map(({ quote }) => quote ?? null)}::text[])
    on conflict do nothing`.execute(transaction)
}

async function upsertLooks(transaction: DatabaseTransaction, shop: ShopId, rules: number, looks: DocumentLook[]) {
  const column = <Value>(read: (look: DocumentLook) => Value) => looks.map(read)
  await sql`
    insert into content_looks (shop, document_id, version, rules, source, kind, valid_until, dated_at, signatures, sentences, draw, attribute_types)
    select ${shop}, id, version, ${rules}, source, kind, valid_until, dated_at, signatures, sentences::bigint[], draw, types::text[]
    from unnest(
      ${column(({ id }) => id)}::text[], ${column(({ version }) => version)}::integer[], ${column(({ source }) => source)}::text[],
      ${column(({ kind }) => kind)}::text[], ${column(({ validUntil }) => validUntil)}::timestamptz[],
      ${column(({ datedAt }) => datedAt)}::timestamptz[], ${column(({ signatures }) => signatures)}::bytea[],
      ${column(({ sentences }) => `{${sentences.join(',')}}`)}::text[], ${column(({ draw }) => draw)}::integer[],
      ${column(({ attributeTypes }) => arrayText(attributeTypes))}::text[]
    ) as fresh (id, version, source, kind, valid_until, dated_at, signatures, sentences, draw, types)
    on conflict (shop, document_id) do update set version = excluded.version, rules = excluded.rules, source = excluded.source,
      kind = excluded.kind, valid_until = excluded.valid_until, dated_at = excluded.dated_at, signatures = excluded.signatures,
      sentences = excluded.sentences, draw = excluded.draw, attribute_types = excluded.attribute_types`.execute(
    transaction,
  )
}

/** Documents as they were when looked at. */
export async function lookedAt(transaction: DatabaseTransaction, shop: ShopId, ids: DocumentId[]) {
  const { rows } = await sql<{ document_id: string; version: number; source: string; body: string; stored_at: Date }>`
    select looks.document_id, looks.version, looks.source, body, stored_at from content_looks as looks
    join document_versions as versions on versions.shop = looks.shop and versions.document_id = looks.document_id
      and versions.version = looks.version
    where looks.shop = ${shop} and looks.document_id = any(${ids})`.execute(transaction)
  return new Map<DocumentId, LiveDocument>(
    rows.map(({ document_id, version, source, body, stored_at }) => [
      documentId(document_id),
      { document: readJson(body) as ShopDocument, version, source, storedAt: stored_at },
    ]),
  )
}

/** A finding that is found again keeps its id and the time it was found first. */
async function replaceFindings(
  transaction: DatabaseTransaction,
  shop: ShopId,
  which: ReturnType<typeof sql>,
  findings: NewFinding[],
  at: Date,
): Promise<void> {
  const named = findings.map((finding) => ({ ...finding, id: findingId(finding.kind, finding.origin) }))
  const { rows } = await sql<{ id: string }>`
    delete from findings where shop = ${shop} and ${which} and not id = any(${named.map(({ id }) => id)}) returning id`.execute(
    transaction,
  )
  const ids = [...rows, ...named].map(({ id }) => id)
  if (ids.length === 0) return
  await sql`delete from finding_documents where shop = ${shop} and finding = any(${ids})`.execute(transaction)
  if (named.length === 0) return
  const body = ({ documents, documentCount, quotes, detail }: NewFinding) =>
    JSON.stringify({ documents, documentCount, quotes, detail })
  await sql`
    insert into findings (shop, id, kind, sources, origin, body, found_at)
    select ${shop}, id, kind, sources::text[], origin, body, ${at} from unnest(
      ${named.map(({ id }) => id)}::text[], ${named.map(({ kind }) => kind)}::text[],
      ${named.map(({ documents }) => arrayText([...new Set(documents.map(({ source }) => source))]))}::text[],
      ${named.map(({ origin }) => origin)}::text[], ${named.map(body)}::text[]
    ) as fresh (id, kind, sources, origin, body)
    on conflict (shop, id) do update set sources = excluded.sources, body = excluded.body`.execute(transaction)
  const of = named.flatMap(({ id, documents }) => documents.map((one) => ({ finding: id, ...one })))
  await sql`
    insert into finding_documents (shop, finding, document_id, version)
    select ${shop}, * from unnest(${of.map(({ finding }) => finding)}::text[], ${of.map(({ id }) => id)}::text[],
      ${of.map(({ version }) => version)}::integer[])
    on conflict do nothing`.execute(transaction)
}

/** The same finding keeps its id, so that what was noted about it elsewhere still fits. */
function findingId(kind: string, origin: string) {
  return `fnd_${createHash('sha256').update(`${kind}\n${origin}`).digest('hex').slice(0, 24)}` as const
}

/** PostgreSQL has no array of arrays of different lengths; each is sent as the text of one. */
const arrayText = (values: string[]) => `{${values.map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`).join(',')}}`
